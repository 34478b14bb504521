import { defineCommand } from '../../command.ts';
import { describeDevnet } from '../../devnet/describe-devnet.ts';
import { parsePort } from '../../devnet/parse-port.ts';
import { runningDevnet, startInBackground } from '../../devnet/start-in-background.ts';

export const devUp = defineCommand({
  path: 'dev up',
  summary: 'Start a chain on this machine: contracts, two markets, accounts with money',
  details: 'It runs in the background until `millrace dev down`. Running this twice changes nothing.',
  options: { port: { kind: 'text', value: 'number', about: 'TCP port of the node; default: a free one' } },
  examples: ['dev up', 'dev up --port 8545', 'dev up --state /tmp/play'],
  run: async ({ settings, terminal, signal }, { options }) => {
    const port = parsePort(options.port);
    if (!runningDevnet(settings.stateFolder))
      terminal.note('Starting the chain and deploying the contracts …');
    const { record, started } = await startInBackground(settings.stateFolder, { port }, signal);
    return describeDevnet(
      settings.stateFolder,
      record,
      terminal,
      started ? 'started' : 'was running already',
    );
  },
});
