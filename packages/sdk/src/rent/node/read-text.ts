import { RentError } from '../error/rent-error.ts';

/** The bytes of an answer, at most so many: a node that pours without end is left. */
async function* pieces(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
  }
}

/**
 * All of an answer.
 *
 * @throws {@link RentError} `RENT_ANSWER_INVALID` when it is longer.
 */
export async function readBytes(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces(response)) {
    size += piece.length;
    if (size > mostBytes) throw tooLong(mostBytes);
    parts.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The lines of an answer as they come; the last may lack its end.
 *
 * @param onBytes told whenever something arrives
 * @throws {@link RentError} `RENT_ANSWER_INVALID` when a line is longer.
 */
export async function* readLines(
  response: Response,
  mostBytes: number,
  onBytes?: () => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces(response)) {
    onBytes?.();
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > mostBytes) throw tooLong(mostBytes);
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest !== '') yield rest;
}

function tooLong(mostBytes: number): RentError {
  return new RentError('RENT_ANSWER_INVALID', `The node answers with more than ${mostBytes} bytes.`, {
    mostBytes,
  });
}
