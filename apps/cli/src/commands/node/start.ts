import { MillraceError } from '@millrace/protocol';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { signerOptions } from '../../keys/signer.ts';
import { findOperator } from '../../node/find-operator.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { runNode, startNodeInBackground, statusOfNode } from '../../node/start-node.ts';

export const nodeStart = defineCommand({
  path: 'node start',
  summary: 'Sell the work of this machine',
  details:
    'Puts the offer on the market and works until Ctrl-C. What it was told by `node init` counts, its key included: a keystore asks for its password. Killed at any moment it goes on where it was: no voucher and no finished result is lost.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  options: {
    background: { kind: 'flag', about: 'return when it answers, and leave it running' },
    ...signerOptions,
  },
  examples: ['node start', 'node start rack --background'],
  endsOnInterrupt: true,
  run: async (session, { arguments: { name }, options }) => {
    const { settings, terminal, signal } = session;
    const record = readNode(settings.stateFolder, name);
    const files = nodeFiles(settings.stateFolder, record.name);
    const connection = await openCompute(session);
    const running = await statusOfNode(record, session);
    const where = { name: record.name, endpoint: record.endpoint, address: record.address };
    if (running) {
      return {
        data: { ...where, started: false },
        text: `${record.name} runs already at ${record.endpoint}.`,
      };
    }
    const operator = await findOperator(session, connection, record, options);
    const key = await operator.reveal();
    if (options.background) {
      await startNodeInBackground(record, files, key, session);
      const text = `${record.name} sells at ${record.endpoint}. Its log is ${files.log}; \`millrace node stop ${record.name}\` ends it.`;
      return { data: { ...where, started: true, log: files.log }, text };
    }
    terminal.note(`${record.name} sells at ${record.endpoint}. Ctrl-C ends it.`);
    const exitCode = await runNode(files.config, key, signal);
    if (exitCode === 0 || signal.aborted) return undefined;
    throw new MillraceError(`${record.name} has ended with exit code ${exitCode}.`, {
      code: 'NODE_ENDED',
      fault: 'provider',
      hint: 'Its last words above say why.',
    });
  },
});
