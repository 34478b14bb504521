import { defineCommand } from '../../command.ts';
import { describeDevnet } from '../../devnet/describe-devnet.ts';
import { runningDevnet, startInBackground } from '../../devnet/start-in-background.ts';
import { stopInBackground } from '../../devnet/stop-in-background.ts';

export const devReset = defineCommand({
  path: 'dev reset',
  summary: 'Start the chain on this machine afresh, on the same port',
  examples: ['dev reset'],
  run: async ({ settings, terminal, signal }) => {
    const folder = settings.stateFolder;
    const port = runningDevnet(folder)?.port;
    await stopInBackground(folder);
    terminal.note('Starting the chain and deploying the contracts …');
    const { record } = await startInBackground(folder, { port }, signal);
    return describeDevnet(folder, record, terminal, 'started afresh');
  },
});
