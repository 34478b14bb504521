/** Milliseconds; a longer timer would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A timer that can stand still. */
export class Deadline {
  private readonly onTimeout: () => void;
  private left: number;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(seconds: number, onTimeout: () => void) {
    this.onTimeout = onTimeout;
    this.left = seconds * 1_000;
    this.go();
  }

  go(): void {
    if (this.timer) return;
    this.since = performance.now();
    this.timer = setTimeout(() => this.ring(), Math.min(this.left, LONGEST_TIMER));
  }

  stop(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.left = Math.max(0, this.left - (performance.now() - this.since));
  }
  private ring(): void {
    this.stop();
    if (this.left < 1) this.onTimeout();
    else this.go();
  }
}
