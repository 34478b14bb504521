import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Demultiplexer } from './demultiplexer.ts';
import { LogLines } from './log-lines.ts';

const frames = fc.array(fc.record({ kind: fc.constantFrom(1, 2), body: fc.uint8Array({ maxLength: 30 }) }));

it('takes the two outputs apart, wherever the stream is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1 }), (list, cuts) => {
      const all = list.flatMap(({ kind, body }) => [kind, 0, 0, 0, 0, 0, 0, body.length, ...body]);
      const said = { onOutput: [] as number[], onLog: [] as number[] };
      const demultiplexer = new Demultiplexer({
        onOutput: (bytes) => said.onOutput.push(...bytes),
        onLog: (bytes) => said.onLog.push(...bytes),
      });
      for (let at = 0, turn = 0; at < all.length; turn++) {
        const length = cuts[turn % cuts.length] as number;
        demultiplexer.write(Uint8Array.from(all.slice(at, at + length)));
        at += length;
      }
      const of = (wanted: number) => list.flatMap(({ kind, body }) => (kind === wanted ? [...body] : []));
      expect([said.onOutput, said.onLog]).toEqual([of(1), of(2)]);
    }),
  );
});

it('cuts a log into lines, and keeps no more than it may', () => {
  const lines: string[] = [];
  const log = new LogLines(12, (line) => lines.push(new TextDecoder().decode(line)));
  for (const part of ['one\ntw', 'o', '\n\nthree and more', 'never seen\n']) {
    log.write(new TextEncoder().encode(part));
  }
  log.end();
  expect(lines).toEqual(['one', 'two', '', 'thr']);
});
