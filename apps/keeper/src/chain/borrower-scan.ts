import type { Address } from 'viem';
import type { Journal } from '../journal/journal.ts';
import type { Scan } from '../journal/state.ts';
import type { ChainClient } from './client.ts';
import { getBlockHash, type HeadStep } from './head.ts';
import { getMarketEvents, type Loss, type MarketEvents } from './market-events.ts';

export type ScanSettings = { market: Address; fromBlock: bigint; reorgDepth: bigint; logRange: bigint };

/** In which block each position last changed. `reorganised`: blocks that were read before are gone, so nothing known is certain. */
export type ScanResult = { touched: Map<Address, bigint>; reorganised: boolean };

/** The journal's cursor moves in steps of so many blocks: a restart reads at most so many again. */
const CURSOR_STEP = 64n;

/**
 * Reads the events of a market from its cursor to `head`, and makes every borrower durable.
 *
 * The cursor stays `reorgDepth` blocks behind the head and knows the hash of its block: what comes after it is read
 * again every time, and what came before it too when that hash has changed. Borrowers are only ever added, and their
 * positions are read from the chain itself, so a block that vanishes leaves nothing wrong behind.
 *
 * @param onLosses told about every loss before the cursor passes it, again and again until then
 */
export async function scanBorrowers(
  client: ChainClient,
  journal: Journal,
  settings: ScanSettings,
  head: HeadStep,
  onLosses: (losses: readonly Loss[]) => Promise<void>,
): Promise<ScanResult> {
  const { market, reorgDepth } = settings;
  const scan = journal.state.scans.get(market) ?? (await begin(client, journal, settings, head));
  const cursor = BigInt(scan.block);
  const moved = head.doubtful && (await getBlockHash(client, cursor)) !== scan.hash;
  const rewound = cursor - 16n * (reorgDepth + 1n);
  const read = moved ? (rewound > settings.fromBlock ? rewound : settings.fromBlock) : cursor;
  const final = head.number - reorgDepth > read ? head.number - reorgDepth : read;
  const result: ScanResult = { touched: new Map(), reorganised: moved };

  for await (const { events, to } of inChunks(client, settings, read + 1n, final, head.number)) {
    for (const [owner, block] of events.touched) result.touched.set(owner, block);
    await onLosses(events.losses.filter(({ block }) => block > BigInt(scan.since)));
    const known = journal.state.scans.get(market)?.borrowers;
    const added = [...events.borrowed].filter((owner) => !known?.has(owner));
    const advances = to <= final && (moved || to - cursor >= CURSOR_STEP);
    const hash = advances ? await getBlockHash(client, to) : undefined;
    // A borrower of a block that may still vanish costs a read; one that was forgotten would cost lenders money.
    if (hash !== undefined || added.length > 0) {
      const at = journal.state.scans.get(market) ?? scan;
      const reached = hash === undefined ? { block: at.block, hash: at.hash } : { block: String(to), hash };
      await journal.append({ t: 'scan', scan: { market, since: scan.since, ...reached, added } });
    }
  }
  return result;
}

/** A fresh cursor stands before the market's first block; losses are reported from `head` on. */
async function begin(
  client: ChainClient,
  journal: Journal,
  { market, fromBlock }: ScanSettings,
  head: HeadStep,
): Promise<Scan> {
  const block = fromBlock > 0n ? fromBlock - 1n : 0n;
  const hash = (await getBlockHash(client, block)) ?? head.hash;
  const scan = { market, block: String(block), hash, since: String(head.number) };
  await journal.append({ t: 'scan', scan: { ...scan, added: [] } });
  return { ...scan, borrowers: new Set() };
}

/** Blocks `from` to `head` in chunks, one of which ends at `final`; smaller ones when the node refuses. */
async function* inChunks(
  client: ChainClient,
  { market, logRange }: ScanSettings,
  from: bigint,
  final: bigint,
  head: bigint,
): AsyncGenerator<{ events: MarketEvents; to: bigint }> {
  let range = logRange;
  for (let start = from; start <= head; ) {
    const limit = start <= final ? final : head;
    const to = start + range - 1n < limit ? start + range - 1n : limit;
    let events: MarketEvents;
    try {
      events = await getMarketEvents(client, market, start, to);
    } catch (error) {
      // Nodes refuse long ranges in many words; a single block they have no reason to.
      if (to === start) throw error;
      range = (to - start + 1n) / 2n;
      continue;
    }
    yield { events, to };
    start = to + 1n;
  }
}
