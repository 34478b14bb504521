import type { Call, Quote } from '@millrace/protocol/market';
import type { Address } from 'viem';

/** One thing that happens in the test, at a time of its own: to the market, to a till, or to a price. */
export type Step = { readonly time: bigint; readonly sender: Address; readonly action: Action };

export type Action =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'multicall'; readonly calls: readonly Call[] }
  | { readonly kind: 'donate'; readonly token: number; readonly till: number; readonly amount: bigint }
  | { readonly kind: 'price'; readonly index: number; readonly quote: Quote }
  | { readonly kind: 'pause'; readonly durationSeconds: bigint }
  | { readonly kind: 'unpause' };

/** What a step came to, on the chain or in the model: comparable text, addresses in lower case. */
export type Effect =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly refusal: string };

/** One text for equal values. */
export function text(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint' || typeof item === 'number') return item.toString();
    if (typeof item === 'string') return /^0x/.test(item) ? item.toLowerCase() : item;
    return item ?? null;
  });
}
