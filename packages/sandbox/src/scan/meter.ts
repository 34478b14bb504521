import type { Frame } from './frame.ts';
import type { Segment } from './segment.ts';

type Loop = { readonly opening: Segment; readonly header: Segment; readonly backEdges: readonly Segment[] };

/** Finds the segments of a function: what is charged, and where, with as few charges as exact fuel allows. */
export class Meter {
  /** What pays for the next instruction; `undefined` in code that is never reached. */
  current: Segment | undefined;
  private readonly loops: Loop[] = [];
  private readonly onBegin: (segment: Segment) => void;

  /** @param onBegin told of each segment, in the order of the code */
  constructor(onBegin: (segment: Segment) => void) {
    this.onBegin = onBegin;
  }

  begin(at: number): Segment {
    const segment = { at, cost: 0 };
    this.current = segment;
    this.onBegin(segment);
    return segment;
  }

  pay(cost: number): void {
    if (this.current) this.current.cost += cost;
  }

  /** Code from here to the end of the frame is never reached. */
  abandon(): void {
    this.current = undefined;
  }

  /** @param target index of the frame that a branch leads to, in `frames` */
  branch(frames: readonly Frame[], target: number, isConditional: boolean): void {
    const innermost = frames.at(-1) as Frame;
    innermost.lowestTarget = Math.min(innermost.lowestTarget, target);
    const frame = frames[target] as Frame;
    if (frame.kind !== 'loop' || !this.current) return;
    if (isConditional) frame.hasConditionalBackEdge = true;
    else frame.backEdges.push(this.current);
  }

  /** After a conditional branch: the rest runs only if it was not taken. */
  split(at: number): void {
    if (this.current) this.begin(at);
  }

  /** @param frame that ends, already taken off `frames` @param at where the code behind it begins */
  end(frame: Frame, frames: readonly Frame[], at: number): void {
    const outer = frames.at(-1);
    if (outer) outer.lowestTarget = Math.min(outer.lowestTarget, frame.lowestTarget);
    const { opening, header, backEdges } = frame;
    if (opening && header && !frame.hasConditionalBackEdge && !backEdges.includes(header)) {
      this.loops.push({ opening, header, backEdges });
    }
    const isLeft = frame.lowestTarget < frames.length;
    this.current = opening;
    if (isLeft) this.begin(at);
  }

  /**
   * Lets whatever leads to the head of a loop pay for the head, where that always leads there: one charge each time round
   * instead of two. Inner loops come first, so what they hand on is handed on again.
   */
  finish(): void {
    for (const { opening, header, backEdges } of this.loops) {
      for (const segment of [opening, ...backEdges]) segment.cost += header.cost;
      header.cost = 0;
    }
  }
}
