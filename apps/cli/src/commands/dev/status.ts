import { defineCommand } from '../../command.ts';
import { describeDevnet } from '../../devnet/describe-devnet.ts';
import { readRecord } from '../../devnet/devnet-record.ts';
import { runningDevnet } from '../../devnet/start-in-background.ts';
import { EXIT } from '../../exit-code.ts';

export const devStatus = defineCommand({
  path: 'dev status',
  summary: 'Whether the chain on this machine runs, and where',
  details: 'Ends with exit code 1 when it does not run.',
  examples: ['dev status', 'dev status --json'],
  run: async ({ settings, terminal }) => {
    const folder = settings.stateFolder;
    const running = runningDevnet(folder);
    if (running) return describeDevnet(folder, running, terminal, 'is running');
    const wasKilled = readRecord(folder) !== undefined;
    const text = wasKilled
      ? 'The local chain was killed. `millrace dev up` starts a fresh one.'
      : 'No local chain is running. `millrace dev up` starts one.';
    return { data: { running: false, killed: wasKilled, state: folder }, text, exitCode: EXIT.user };
  },
});
