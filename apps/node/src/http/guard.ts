import type { HttpBindings } from '@hono/node-server';
import { RefusalError } from '@millrace/protocol/wire';
import type { Context, MiddlewareHandler } from 'hono';
import { TokenBuckets } from '../gossip/token-buckets.ts';

/** Who asks, as far as the network tells. */
export function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  return incoming?.socket?.remoteAddress ?? 'unknown';
}

/** How often one address may ask; a second's worth may come at once, twice over. */
export function limitRate(perSecond: number, sourceOf = addressOf): MiddlewareHandler {
  const buckets = new TokenBuckets({ perSecond, burst: Math.max(2, 2 * perSecond) });
  return async (context, next) => {
    if (!buckets.take(sourceOf(context), performance.now())) {
      const wait = Math.ceil(1_000 / perSecond);
      throw new RefusalError('TOO_MANY_REQUESTS', 'This address asks too often.', { perSecond }, wait);
    }
    await next();
  };
}

/** How many streams one address may have open. */
export class StreamLimit {
  private readonly open = new Map<string, number>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** @returns what to call when the stream is over. @throws `RefusalError` `TOO_MANY_REQUESTS` */
  enter(source: string): () => void {
    const count = this.open.get(source) ?? 0;
    if (count >= this.most) {
      const words = `This address has ${count} streams open.`;
      throw new RefusalError('TOO_MANY_REQUESTS', words, { streams: count }, 1_000);
    }
    this.open.set(source, count + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.open.get(source) ?? 1) - 1;
      if (left > 0) this.open.set(source, left);
      else this.open.delete(source);
    };
  }
}
