import { expect, it } from 'vitest';
import type { Action } from './action.ts';
import { createOrderedAct } from './ordered-act.ts';

const FEES = { maxFeePerGas: 1n, maxPriorityFeePerGas: 0n, likely: 1n, affordable: true };

function action(subject: string): Action {
  return { kind: 'liquidate', subject, cause: '', block: 1n, to: '0x00', data: '0x', gas: 1n };
}

it('sends nothing before the end of a round, then everything in the same order whoever was first', async () => {
  const sent: string[] = [];
  const { act, release } = createOrderedAct(async ({ subject }) => {
    sent.push(subject);
  });
  await Promise.all(['b', 'c', 'a'].map((subject) => act(action(subject), FEES)));
  expect(sent).toEqual([]);
  expect((await release()).map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(await release()).toEqual([]);
});
