import { increaseTime } from '@millrace/devnet';
import { connectDevnet } from '../../chain/connect-devnet.ts';
import { defineCommand } from '../../command.ts';
import { keepFresh } from '../../devnet/keep-fresh.ts';
import { readSeconds } from '../../words/duration-words.ts';

export const devWait = defineCommand({
  path: 'dev wait',
  summary: 'Move the clock of the local chain forward',
  arguments: { time: { about: '30s, 15m, 2h or 7d' } },
  options: { stale: { kind: 'flag', about: 'leave the prices as old as they become' } },
  examples: ['dev wait 1d', 'dev wait 2d --stale'],
  run: async (session, { arguments: { time }, options: { stale } }) => {
    const seconds = readSeconds(time);
    const { client, deployment } = await connectDevnet(session);
    const now = await increaseTime(client, seconds);
    if (!stale) await keepFresh(client, deployment, 0n);
    const text = `The local chain is at ${new Date(Number(now) * 1000).toISOString()}.`;
    return { data: { seconds, time: now }, text };
  },
});
