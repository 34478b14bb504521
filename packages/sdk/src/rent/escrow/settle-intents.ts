import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import { encodeWire } from '@millrace/protocol/wire';
import { getAbiItem, type Hex } from 'viem';
import { getBlock, getLogs } from 'viem/actions';
import { decoding } from '../../call/decoding.ts';
import { getFreeNonce } from '../../compute/job/get-free-nonce.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { RentState } from '../store/rent-state.ts';
import type { OpenedJob } from './open-escrow.ts';

type Intent = RentState['intents'] extends Map<Hex, infer T> ? T : never;

const JOB_OPENED = getAbiItem({ abi: iJobMarketAbi, name: 'JobOpened' });
/** Nodes of chains answer for so many at once. */
const BLOCKS = 5_000n;

/**
 * Finds out what has become of orders whose match nobody here has heard of: the process was killed, or its line was cut, while the
 * transaction was on its way. Those that stand on chain become escrows; those that can be matched no more are forgotten; others
 * are looked at the next time.
 */
export async function settleIntents(host: RentHost, intents: Iterable<Intent>): Promise<void> {
  for (const intent of [...intents]) {
    const { order, endpoint, nonce, at } = intent;
    const head = await decoding(() => getBlock(host.client));
    const opened = await findOpened(host, intent, head.number);
    if (opened !== undefined) {
      const terms = encodeWire(opened.job);
      await host.store.append({ type: 'escrow', id: opened.id, order, terms, endpoint, nonce, at });
    } else if (head.timestamp > BigInt(intent.expiry)) {
      await host.store.append({ type: 'escrow-intent-over', order });
    }
  }
}

/** The job that an order was matched to, if it was. */
async function findOpened(
  { client, contracts: { jobMarket }, account: { address: requester } }: RentHost,
  { order, orderNonce, fromBlock: first }: Intent,
  head: bigint,
): Promise<OpenedJob | undefined> {
  const nonce = BigInt(orderNonce);
  const isFree = (await getFreeNonce(client, { jobMarket, party: requester, from: nonce })) === nonce;
  if (isFree) return undefined;
  for (let from = BigInt(first); from <= head; from += BLOCKS) {
    const last = from + BLOCKS - 1n;
    const logs = await decoding(() =>
      getLogs(client, {
        address: jobMarket,
        event: JOB_OPENED,
        args: { requester },
        fromBlock: from,
        toBlock: last < head ? last : head,
        strict: true,
      }),
    );
    const found = logs.find(({ args }) => args.job.order === order);
    if (found !== undefined) return { id: found.args.id, job: found.args.job };
  }
  return undefined;
}
