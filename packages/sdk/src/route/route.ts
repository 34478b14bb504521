import { encodeRoute as pack } from '@millrace/protocol/market';

/** Which tills money enters or leaves by, and who pays. */
export type Route = {
  /** In order, at most 30. The first is also the stripe of the books. Empty: the owner's own stripe, then a scan. */
  tills: readonly number[];
  /** Pull the money from the owner instead of the caller, who needs PAY scope. */
  ownerPays: boolean;
};

/**
 * Packs a route as the contracts read it.
 *
 * @throws `RangeError` when there are more than 30 tills, or a till is not 0–255.
 *
 * @example
 * ```ts
 * encodeRoute({ tills: [3, 7] })
 * ```
 */
export function encodeRoute({ tills = [], ownerPays = false }: Partial<Route>): bigint {
  return pack(tills, ownerPays);
}

/** Reads a packed route. */
export function decodeRoute(route: bigint): Route {
  const count = Number((route >> 8n) & 0xffn);
  const tills = Array.from({ length: count }, (_, k) => Number((route >> BigInt(16 + 8 * k)) & 0xffn));
  return { tills, ownerPays: (route & 1n) !== 0n };
}
