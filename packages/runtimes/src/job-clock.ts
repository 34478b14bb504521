/** Counts the time in which a job runs, and calls when there is no more; pauses do not count. */
export class JobClock {
  private left: number;
  private readonly onEnd: () => void;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, onEnd: () => void) {
    this.left = milliseconds;
    this.onEnd = onEnd;
  }

  start(): void {
    this.since = performance.now();
    // Longer than a timer can be is longer than anybody waits.
    this.timer = setTimeout(this.onEnd, Math.min(this.left, 2 ** 31 - 1));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.left = Math.max(0, this.left - (performance.now() - this.since));
  }
}
