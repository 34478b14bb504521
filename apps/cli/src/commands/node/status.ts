import { defineCommand } from '../../command.ts';
import { nodeNames, readNode } from '../../node/node-files.ts';
import { statusOfNode } from '../../node/start-node.ts';
import { renderTable } from '../../terminal/table.ts';

export const nodeStatus = defineCommand({
  path: 'node status',
  summary: 'How your nodes are doing',
  arguments: { name: { about: 'which; default: all', optional: true } },
  examples: ['node status', 'node status rack --json'],
  run: async (session, { arguments: { name } }) => {
    const { stateFolder } = session.settings;
    const names = name === undefined ? nodeNames(stateFolder) : [readNode(stateFolder, name).name];
    const nodes = await Promise.all(
      names.map(async (each) => {
        const record = readNode(stateFolder, each);
        const status = await statusOfNode(record, session);
        // Another program may listen where the node did.
        const isIts = status?.node.toLowerCase() === record.address.toLowerCase();
        return { ...record, state: isIts ? status.state : 'stopped', status: isIts ? status : null };
      }),
    );
    const rows = nodes.map(({ name: called, address, endpoint, state, status }) => [
      called,
      state,
      status ? `${status.queue.running} of ${status.queue.slots}` : '—',
      status ? String(status.queue.waiting) : '—',
      status ? String(status.jobs.done) : '—',
      status ? String(status.jobs.failed) : '—',
      status ? String(status.peers) : '—',
      endpoint,
      address,
    ]);
    const titles = ['node', 'state', 'works', 'waiting', 'done', 'failed', 'peers', 'at', 'account'];
    const columns = titles.map(
      (title, at) => ({ title, align: at >= 2 && at <= 6 ? 'right' : 'left' }) as const,
    );
    const text =
      nodes.length > 0
        ? renderTable(columns, rows)
        : 'There is no node here. Make one with `millrace node init`.';
    return { data: { nodes: nodes.map(({ signer: _, ...each }) => each) }, text };
  },
});
