/** Bytes of a frame's head: whose it is, three zeros, and its length, big-endian. */
const HEAD = 8;
const STDERR = 2;

export type Sinks = { onOutput(bytes: Uint8Array): void; onLog(bytes: Uint8Array): void };

/**
 * Takes apart the one stream in which an engine sends both outputs of a container. Bytes are passed on as they come, so a
 * frame takes no memory, whatever length it claims.
 */
export class Demultiplexer {
  private readonly sinks: Sinks;
  private readonly head = new Uint8Array(HEAD);
  private headBytes = 0;
  private left = 0;

  constructor(sinks: Sinks) {
    this.sinks = sinks;
  }

  write(chunk: Uint8Array): void {
    for (let rest = chunk; rest.length > 0; ) {
      const taken = this.left > 0 ? this.passOn(rest) : this.readHead(rest);
      rest = rest.subarray(taken);
    }
  }

  private passOn(bytes: Uint8Array): number {
    const taken = Math.min(this.left, bytes.length);
    const part = bytes.slice(0, taken);
    this.left -= taken;
    if (this.head[0] === STDERR) this.sinks.onLog(part);
    else this.sinks.onOutput(part);
    return taken;
  }

  private readHead(bytes: Uint8Array): number {
    const part = bytes.subarray(0, HEAD - this.headBytes);
    this.head.set(part, this.headBytes);
    this.headBytes += part.length;
    if (this.headBytes === HEAD) {
      this.headBytes = 0;
      this.left = new DataView(this.head.buffer).getUint32(4);
    }
    return part.length;
  }
}
