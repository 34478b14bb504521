import { readFileSync } from 'node:fs';
import { MillraceError } from '@millrace/protocol';
import { defineCommand } from '../../command.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { statusOfNode } from '../../node/start-node.ts';
import { pause } from '../../terminal/pause.ts';

const PATIENCE_MILLISECONDS = 20_000;

export const nodeStop = defineCommand({
  path: 'node stop',
  summary: 'End a node that runs in the background',
  details:
    'Jobs that run go on from their last checkpoint when it starts again; `node drain` first waits for them.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  examples: ['node stop', 'node stop rack'],
  run: async (session, { arguments: { name } }) => {
    const { settings, signal } = session;
    const record = readNode(settings.stateFolder, name);
    if ((await statusOfNode(record, session)) === undefined) {
      return { data: { name: record.name, stopped: false }, text: `${record.name} does not run.` };
    }
    process.kill(pidOf(nodeFiles(settings.stateFolder, record.name).data), 'SIGTERM');
    for (const limit = Date.now() + PATIENCE_MILLISECONDS; Date.now() < limit; await pause(100, signal)) {
      if ((await statusOfNode(record, session)) === undefined) {
        return { data: { name: record.name, stopped: true }, text: `${record.name} has stopped.` };
      }
    }
    throw new MillraceError(`${record.name} does not end.`, {
      code: 'NODE_DOES_NOT_END',
      fault: 'provider',
      retryable: true,
      hint: 'It may be waiting for the chain. Try again, or kill it: nothing signed is lost.',
    });
  },
});

/** The process that has the journal. */
function pidOf(folder: string): number {
  try {
    const { pid } = JSON.parse(readFileSync(`${folder}/journal.lock`, 'utf8')) as { pid: unknown };
    if (typeof pid === 'number' && pid > 1) return pid;
  } catch {
    // Said below.
  }
  throw new MillraceError('It is not known which process the node is.', {
    code: 'NOT_YOUR_NODE',
    fault: 'user',
    hint: 'Run this where the files of the node are.',
    details: { folder },
  });
}
