import { ParallelError } from '../../errors.ts';
import { JsonScanner } from './json-scanner.ts';

type State = 'start' | 'key' | 'colon' | 'value' | 'after value' | 'element' | 'after element' | 'done';

export type AnswerParserOptions = {
  /** Hand out the elements of a `result` that is an array one by one instead of the whole. */
  elements: boolean;
  /** The longest single value, in bytes. */
  valueLimit: number;
};

const WHITESPACE_LIMIT = 1 << 20;
const BYTE = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openList: 0x5b,
  closeList: 0x5d,
  open: 0x7b,
  close: 0x7d,
};

/** Reads the answer to one JSON-RPC question from chunks of bytes, its keys in any order. */
export class AnswerParser {
  readonly #options: AnswerParserOptions;
  readonly #fields = new Map<string, unknown>();
  #state: State = 'start';
  #key = '';
  #scanner: JsonScanner | undefined;
  #blank = 0;
  #mayClose = true;
  /** Whether `result` was a list whose elements were handed out. */
  #listed = false;

  constructor(options: AnswerParserOptions) {
    this.#options = options;
  }

  /** The elements that became complete with this chunk. */
  *push(chunk: Uint8Array): Generator<unknown> {
    let at = 0;
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      if (this.#scanner === undefined && isBlank(byte)) {
        at += 1;
        this.#blank += 1;
        if (this.#blank > WHITESPACE_LIMIT) throw malformed('It is endless whitespace.');
        continue;
      }
      if (this.#scanner === undefined && this.#punctuation(byte)) {
        at += 1;
        continue;
      }
      this.#scanner ??= new JsonScanner(this.#options.valueLimit);
      const end = this.#scanner.scan(chunk, at);
      if (this.#scanner.tooLong)
        throw malformed(`One value is longer than ${this.#options.valueLimit} bytes.`);
      if (end < 0) return;
      at = end;
      const value = parsed(this.#scanner);
      this.#scanner = undefined;
      if (this.#state === 'element') {
        this.#state = 'after element';
        yield value;
      } else this.#take(value);
    }
  }

  /** What was answered besides the elements. Call it when the body has ended. */
  end(): { fields: ReadonlyMap<string, unknown>; listed: boolean } {
    if (this.#state === 'start') throw malformed('It is empty.');
    if (this.#state !== 'done') throw malformed('It ends in the middle.');
    return { fields: this.#fields, listed: this.#listed };
  }

  /** Whether the byte was a mark between values. Otherwise a value begins with it. */
  #punctuation(byte: number): boolean {
    const next = this.#after(byte);
    if (next === undefined) return false;
    this.#state = next;
    return true;
  }

  #after(byte: number): State | undefined {
    switch (this.#state) {
      case 'start':
        if (byte === BYTE.open) return 'key';
        throw malformed(byte === 0x3c ? 'It is a web page, not JSON-RPC.' : 'It is not a JSON object.');
      case 'key':
        if (byte === BYTE.close && this.#mayClose) return 'done';
        if (byte === BYTE.quote) return undefined;
        break;
      case 'colon':
        if (byte === BYTE.colon) return 'value';
        break;
      case 'value':
        if (byte !== BYTE.openList || this.#key !== 'result' || !this.#options.elements) return undefined;
        this.#listed = true;
        this.#mayClose = true;
        return 'element';
      case 'after value':
        this.#mayClose = false;
        if (byte === BYTE.comma) return 'key';
        if (byte === BYTE.close) return 'done';
        break;
      case 'element':
        if (byte === BYTE.closeList && this.#mayClose) return 'after value';
        return undefined;
      case 'after element':
        this.#mayClose = false;
        if (byte === BYTE.comma) return 'element';
        if (byte === BYTE.closeList) return 'after value';
        break;
      case 'done':
        throw malformed('Something follows after its end.');
    }
    throw malformed(`It has the byte ${byte} where a ${this.#state} belongs.`);
  }

  #take(value: unknown): void {
    if (this.#state === 'key') {
      this.#key = String(value);
      if (this.#fields.has(this.#key) || (this.#listed && this.#key === 'result')) {
        throw malformed(`The field "${this.#key}" is there twice.`);
      }
      this.#state = 'colon';
      return;
    }
    this.#fields.set(this.#key, value);
    this.#state = 'after value';
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function parsed(scanner: JsonScanner): unknown {
  try {
    return scanner.value();
  } catch (cause) {
    throw malformed('Part of it is no JSON.', cause);
  }
}

export function malformed(why: string, cause?: unknown): ParallelError {
  return new ParallelError(`The answer of the server cannot be read. ${why}`, {
    code: 'RPC_MALFORMED',
    fault: 'network',
    hint: 'Check that the URL is that of an Ethereum JSON-RPC server, or use another server.',
    ...(cause !== undefined && { cause }),
  });
}
