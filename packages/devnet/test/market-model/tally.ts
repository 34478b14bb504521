import type { Effect, Step } from './step.ts';

/** Counts what the sequences did, so that a test can tell whether it tested anything. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add({ action }: Step, effect: Effect): void {
    const name = action.kind === 'call' ? action.call.kind : action.kind;
    this.count(`${name} ${effect.ok ? 'ok' : JSON.parse(effect.refusal)[0]}`);
  }

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  toString(): string {
    return [...this.counts]
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([name, times]) => `${times} × ${name}`)
      .join('\n');
  }
}
