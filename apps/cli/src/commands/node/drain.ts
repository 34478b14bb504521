import { nodeStatusSchema, ROUTES } from '@millrace/protocol/wire';
import { defineCommand } from '../../command.ts';
import { askNode } from '../../node/ask-node.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { pause } from '../../terminal/pause.ts';
import { readSeconds } from '../../words/duration-words.ts';

export const nodeDrain = defineCommand({
  path: 'node drain',
  summary: 'Take no new work, and wait until what there is is done',
  details:
    'The node goes on running: undo it with --off, or end it with `node stop`. Ctrl-C ends the waiting only.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  options: {
    off: { kind: 'flag', about: 'take work again' },
    now: { kind: 'flag', about: 'return at once' },
    patience: { kind: 'text', value: 'span', about: 'wait so long at most; default: 1h' },
  },
  examples: ['node drain', 'node drain --off'],
  run: async (session, { arguments: { name }, options }) => {
    const { settings, signal, terminal } = session;
    const record = readNode(settings.stateFolder, name);
    const tokenFile = nodeFiles(settings.stateFolder, record.name).token;
    const patience = { timeoutMilliseconds: settings.timeoutMilliseconds, signal };
    const url = `${record.endpoint}${ROUTES.drain}${options.off ? '?off=1' : ''}`;
    let status = await askNode(url, nodeStatusSchema, { method: 'POST', tokenFile, ...patience });
    const limit = Date.now() + readSeconds(options.patience ?? '1h') * 1_000;
    const left = () => status.queue.running + status.queue.waiting;
    for (let told = -1; !options.off && !options.now && left() > 0 && Date.now() < limit; ) {
      if (left() !== told) terminal.note(`${left()} jobs left …`);
      told = left();
      await pause(1_000, signal);
      signal.throwIfAborted();
      status = await askNode(`${record.endpoint}${ROUTES.status}`, nodeStatusSchema, patience);
    }
    const words = options.off
      ? 'takes work again'
      : left() === 0
        ? 'is idle and takes no work'
        : `has ${left()} jobs left`;
    return {
      data: { name: record.name, state: status.state, queue: status.queue },
      text: `${record.name} ${words}.`,
    };
  },
});
