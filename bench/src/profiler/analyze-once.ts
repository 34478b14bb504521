// node … analyze-once.ts <rpc> <from> <to>: analyses blocks in a process of its own and prints what that took, one JSON line.
import {
  createHttpRpc,
  createNamer,
  createReplaySource,
  gatherNameFacts,
  RangeTotals,
  reportBlock,
} from '@millrace/parallel';

const [rpc = '', from = '0', to = '0'] = process.argv.slice(2);
const source = createReplaySource(createHttpRpc({ url: rpc }));
const totals = new RangeTotals(source);
const start = performance.now();
for (let number = BigInt(from); number <= BigInt(to); number++) {
  const block = await source.readBlock(number);
  const nameOf = createNamer({ layouts: [], ...gatherNameFacts([block]) });
  totals.add(reportBlock(block, source, { nameOf }));
}
const seconds = (performance.now() - start) / 1000;
const { transactions, bound } = totals.report();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ transactions, seconds, peakMegabytes, bound })}\n`);
