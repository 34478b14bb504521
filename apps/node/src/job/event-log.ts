import { amountsAsText } from '@millrace/protocol';
import type { JobEvent } from '@millrace/protocol/wire';
import { Bell } from './bell.ts';

type WithoutPlace<T> = T extends unknown ? Omit<T, 'sequence' | 'at'> : never;
/** An event before it has its number. */
export type EventFacts = WithoutPlace<JobEvent>;
/** An event as a line of JSON, amounts as decimal strings. */
type Line = { readonly sequence: number; readonly text: string };

/** Bytes of lines that one job may have in memory; older ones are dropped. */
const MOST_BYTES = 1 << 20;

/** What happened to a job, as long as somebody may want to see it again. */
export class EventLog {
  private lines: Line[] = [];
  private held = 0;
  private next = 0;
  readonly bell = new Bell();
  private hasEnded = false;

  /** How many events there were. */
  get size(): number {
    return this.next;
  }

  /** What it holds in memory, about. */
  get bytes(): number {
    return this.held;
  }

  get isClosed(): boolean {
    return this.hasEnded;
  }

  add(facts: EventFacts, at: number): void {
    this.addText(encodeEvent({ sequence: this.next, at, ...facts }));
  }

  /** The last event, which is written elsewhere. */
  end(text: string): void {
    this.hasEnded = true;
    this.addText(text);
  }

  /** Lines from a number on, as many as fit. What was dropped is left out. */
  read(from: number, most: number): { text: string; next: number } | undefined {
    const first = this.lines[0]?.sequence ?? this.next;
    const chosen = this.lines.slice(Math.max(0, from - first), Math.max(0, from - first) + most);
    const last = chosen.at(-1);
    if (last === undefined) return undefined;
    return { text: chosen.map(({ text }) => `${text}\n`).join(''), next: last.sequence + 1 };
  }

  private addText(text: string): void {
    this.lines.push({ sequence: this.next++, text });
    this.held += text.length;
    while (this.held > MOST_BYTES && this.lines.length > 1) {
      this.held -= (this.lines.shift() as Line).text.length;
    }
    this.bell.ring();
  }
}

function encodeEvent(event: object): string {
  return JSON.stringify(event, amountsAsText);
}
