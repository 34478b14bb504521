/** How fast a source may go on. */
export type Rate = {
  readonly perSecond: number;
  /** How many at once after a rest. */
  readonly burst: number;
};

type Bucket = { tokens: number; at: number };

/** A token bucket for each source; those that rested longest are forgotten, as theirs are full again. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private readonly rate: Rate;
  private readonly most: number;

  /** @param most how many sources are remembered */
  constructor(rate: Rate, most = 4_096) {
    this.rate = rate;
    this.most = most;
  }

  /** Takes so many tokens, if they are there. `now` in milliseconds. */
  take(source: string, now: number, wanted = 1): boolean {
    const { perSecond, burst } = this.rate;
    const last = this.buckets.get(source) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, last.tokens + (Math.max(0, now - last.at) / 1_000) * perSecond);
    this.buckets.delete(source);
    this.buckets.set(source, { tokens: tokens >= wanted ? tokens - wanted : tokens, at: now });
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined && this.buckets.size > this.most) this.buckets.delete(oldest);
    return tokens >= wanted;
  }

  /** Gives tokens back: what they were taken for was worth it. */
  giveBack(source: string, tokens = 1): void {
    const bucket = this.buckets.get(source);
    if (bucket) bucket.tokens = Math.min(this.rate.burst, bucket.tokens + tokens);
  }
}
