import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ParallelError } from '../src/errors.ts';
import type { AccessSource } from '../src/source/access-source.ts';
import { createReplaySource } from '../src/source/replay/replay-source.ts';
import type { Rpc } from '../src/source/rpc.ts';
import { createStructLogSource } from '../src/source/struct-logs/struct-log-source.ts';
import { createJavaScriptSource } from '../src/source/tracers/javascript-source.ts';
import { keysOf, writes } from './compare.ts';

type Recording = {
  recorded: string;
  block: string;
  answers: { method: string; params: unknown[]; result: unknown }[];
};

/** Answers as servers gave them once; `recorded` in each file says how. */
async function readRecorded(file: string, create: (rpc: Rpc) => AccessSource) {
  const text = readFileSync(new URL(`recorded/${file}.json`, import.meta.url), 'utf8');
  const { block, answers } = JSON.parse(text) as Recording;
  const request: Rpc['request'] = async (method, params) => {
    const key = JSON.stringify(params);
    // The text of our own tracer may change; what it was asked for is told by the method.
    const found = answers.filter((answer) => answer.method === method);
    const exact = found.find((answer) => JSON.stringify(answer.params) === key) ?? found.at(-1);
    if (!exact)
      throw new ParallelError(`${method} is not known.`, { code: 'RPC_METHOD_MISSING', fault: 'user' });
    return exact.result;
  };
  async function* stream(method: string, params: readonly unknown[]) {
    yield* (await request(method, params)) as unknown[];
  }
  return create({ request, stream }).readBlock(BigInt(block));
}

test('the same transfer, recorded of anvil and of Hardhat in three forms, reads alike', async () => {
  const [replay, script, steps] = [
    await readRecorded('anvil-replay', createReplaySource),
    await readRecorded('anvil-javascript', createJavaScriptSource),
    await readRecorded('hardhat-struct-logs', createStructLogSource),
  ];
  const [transfer] = replay.transactions;
  expect(transfer?.selector).toBe('0xa9059cbb');
  expect(
    transfer &&
      writes(transfer)
        .filter(([key]) => key[42] === ':')
        .map(([, change]) => change),
  ).toEqual([
    { before: '0xde0b6b3a7640000', after: '0xde0b6b3a7640005' },
    { before: '0xde0b6b3a7640000', after: '0xde0b6b3a763fffb' },
  ]);
  expect(transfer?.preimages.size).toBe(2);
  for (const other of [script, steps]) {
    expect(other.transactions.map(keysOf)).toEqual(replay.transactions.map(keysOf));
    expect(other.transactions.map(({ gas }) => gas)).toEqual(replay.transactions.map(({ gas }) => gas));
  }
});
