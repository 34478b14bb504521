import { nodeStatusSchema, ROUTES } from '@millrace/protocol/wire';
import { defineCommand } from '../../command.ts';
import { askNode } from '../../node/ask-node.ts';
import { nodeFiles, readNode } from '../../node/node-files.ts';
import { askToGoOn } from '../../terminal/confirm.ts';

export const nodeRotate = defineCommand({
  path: 'node rotate',
  summary: 'Give a node another session key, because somebody may have seen its own',
  details:
    'Revokes the key on chain, so that nobody takes offers that it signs, and certifies another. Jobs and channels go on. It costs a transaction.',
  arguments: { name: { about: 'which, when there are several', optional: true } },
  options: { yes: { kind: 'flag', about: 'send without asking' } },
  examples: ['node rotate', 'node rotate rack --yes'],
  run: async ({ settings, signal, terminal }, { arguments: { name }, options }) => {
    const record = readNode(settings.stateFolder, name);
    const asked = { timeoutMilliseconds: 4 * settings.timeoutMilliseconds, signal };
    const before = await askNode(`${record.endpoint}${ROUTES.status}`, nodeStatusSchema, asked);
    if (!options.yes) await askToGoOn(terminal, `Revoke the session key of ${record.name}?`);
    const { token: tokenFile } = nodeFiles(settings.stateFolder, record.name);
    const url = `${record.endpoint}${ROUTES.rotate}`;
    const { sessionKey } = await askNode(url, nodeStatusSchema, { method: 'POST', tokenFile, ...asked });
    return {
      data: { name: record.name, sessionKey, revoked: before.sessionKey },
      text: `${terminal.colors.green('✓')} ${record.name} speaks with ${sessionKey}; what ${before.sessionKey} signs from now on is void.`,
    };
  },
});
