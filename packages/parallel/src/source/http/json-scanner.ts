const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;

type Shape = 'nested' | 'string' | 'scalar';

/** Finds where one JSON value ends, over any number of chunks, and keeps its bytes. It does not judge what is inside. */
export class JsonScanner {
  readonly #limit: number;
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  #shape: Shape | undefined;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** @param limit bytes after which {@link JsonScanner.tooLong} is set */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get tooLong(): boolean {
    return this.#length > this.#limit;
  }

  /** Reads from `start` on. Returns where the value ended, or -1 when it goes on in the next chunk. */
  scan(chunk: Uint8Array, start: number): number {
    const end = this.#endIn(chunk, start);
    const part = chunk.subarray(start, end < 0 ? chunk.length : end);
    this.#length += part.length;
    // A chunk may be a buffer that its owner fills anew.
    if (part.length > 0) this.#parts.push(end < 0 ? part.slice() : part);
    return end;
  }

  /** @throws SyntaxError, TypeError when the bytes are no JSON in UTF-8 */
  value(): unknown {
    const [only] = this.#parts;
    const bytes = this.#parts.length === 1 && only ? only : this.#joined();
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  }

  #joined(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  #endIn(chunk: Uint8Array, start: number): number {
    let at = start;
    if (this.#shape === undefined) {
      this.#shape = shapeOf(chunk[at]);
      if (this.#shape !== 'scalar') at += 1;
      if (this.#shape === 'nested') this.#depth = 1;
      if (this.#shape === 'string') this.#inString = true;
    }
    if (this.#shape === 'scalar') return endOfScalar(chunk, at);
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#skipString(chunk, at);
        if (this.#inString) return -1;
        if (this.#shape === 'string') return at;
        continue;
      }
      const byte = chunk[at];
      at += 1;
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        this.#depth -= 1;
        if (this.#depth === 0) return at;
      }
    }
    return -1;
  }

  /** Most bytes of a trace are inside strings, so they are skipped by a native search. */
  #skipString(chunk: Uint8Array, start: number): number {
    let at = start;
    while (at < chunk.length) {
      if (this.#escaped) {
        this.#escaped = false;
        at += 1;
        continue;
      }
      const quote = chunk.indexOf(QUOTE, at);
      const stop = quote < 0 ? chunk.length : quote;
      if (!endsEscaped(chunk, at, stop)) {
        if (quote < 0) return chunk.length;
        this.#inString = false;
        return quote + 1;
      }
      if (quote < 0) this.#escaped = true;
      at = quote < 0 ? chunk.length : quote + 1;
    }
    return at;
  }
}

/** Whether an odd number of backslashes stands right before `stop`. */
function endsEscaped(chunk: Uint8Array, start: number, stop: number): boolean {
  let at = stop;
  while (at > start && chunk[at - 1] === BACKSLASH) at -= 1;
  return (stop - at) % 2 === 1;
}

function shapeOf(byte: number | undefined): Shape {
  if (byte === OPEN_OBJECT || byte === OPEN_LIST) return 'nested';
  return byte === QUOTE ? 'string' : 'scalar';
}

function endOfScalar(chunk: Uint8Array, start: number): number {
  for (let at = start; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || byte <= 0x20) return at;
  }
  return -1;
}
