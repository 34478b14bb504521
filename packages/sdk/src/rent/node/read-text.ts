import { concatBytes, toIterable } from '@millrace/content';
import { RentError } from '../error/rent-error.ts';

/**
 * All of an answer.
 *
 * @throws {@link RentError} `RENT_ANSWER_INVALID` when it is longer.
 */
export async function readBytes(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of toIterable(response.body ?? [])) {
    size += piece.length;
    if (size > mostBytes) throw tooLong(mostBytes);
    parts.push(piece);
  }
  return concatBytes(parts);
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
  for await (const piece of toIterable(response.body ?? [])) {
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
