import { encodeWire, type SignedAsk } from '@millrace/protocol/wire';

/** Two asks of one second count as one, so those between are not told. */
const LEAST_MILLISECONDS = 2_500;

/** Tells the node’s own ask again and again, and soon when somebody new listens. */
export class Publisher {
  private readonly publish: () => SignedAsk | undefined;
  private readonly tell: (message: Uint8Array, ask: SignedAsk) => Promise<unknown>;
  private readonly every: number;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = 0;
  private isClosed = false;

  constructor(
    publish: () => SignedAsk | undefined,
    everySeconds: number,
    tell: (message: Uint8Array, ask: SignedAsk) => Promise<unknown>,
  ) {
    this.publish = publish;
    this.tell = tell;
    this.every = everySeconds * 1_000;
  }

  open(): void {
    this.plan(0);
  }

  /** Somebody new listens. */
  hurry(): void {
    this.plan(Math.max(100, this.toldAt + LEAST_MILLISECONDS - Date.now()));
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private plan(milliseconds: number): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), milliseconds).unref();
  }

  private now(): void {
    this.plan(this.every);
    const ask = this.publish();
    if (ask === undefined) return;
    this.toldAt = Date.now();
    // Nobody hears it: the next one will be heard.
    void this.tell(Buffer.from(encodeWire(ask)), ask).catch(() => {});
  }
}
