import { ROUTES } from '@millrace/protocol/wire';
import type { Hex } from 'viem';

/** What nodes have acknowledged, seen on the wire: neither side is asked for it. */
export type Acknowledged = {
  readonly fetch: typeof globalThis.fetch;
  /** The best voucher of each channel that its node has answered for; base units. */
  readonly vouchers: ReadonlyMap<Hex, bigint>;
};

const VOUCHER = new RegExp(`${ROUTES.vouchers('0x(?<id>[0-9a-f]{64})')}$`.replaceAll('/', '\\/'));

/** Wraps `fetch` and notes the vouchers that were accepted. */
export function watchVouchers(): Acknowledged {
  const vouchers = new Map<Hex, bigint>();
  const watching: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    const id = VOUCHER.exec(String(input))?.groups?.id;
    if (id !== undefined && response.ok && typeof init?.body === 'string') {
      const { total } = JSON.parse(init.body) as { total: string };
      const before = vouchers.get(`0x${id}`) ?? 0n;
      if (BigInt(total) > before) vouchers.set(`0x${id}`, BigInt(total));
    }
    return response;
  };
  return { fetch: watching, vouchers };
}
