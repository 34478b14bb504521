import { defineCommand } from '../../command.ts';
import { stopInBackground } from '../../devnet/stop-in-background.ts';

export const devDown = defineCommand({
  path: 'dev down',
  summary: 'Stop the chain on this machine and forget its state',
  examples: ['dev down'],
  run: async ({ settings }) => {
    const stopped = await stopInBackground(settings.stateFolder);
    return {
      data: { stopped, state: settings.stateFolder },
      text: stopped ? 'The local chain has stopped.' : 'No local chain was running.',
    };
  },
});
