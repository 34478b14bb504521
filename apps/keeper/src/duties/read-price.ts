import { readFile } from 'node:fs/promises';
import type { PriceSettings } from '../config/schema.ts';
import { OutsideError } from '../errors.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * The price that a source (a JSON file or URL) says, in units of 10^-`decimals`, rounded down.
 *
 * @throws {@link OutsideError} `PRICE_SOURCE_FAILED` when it does not answer with a positive decimal number.
 */
export async function readPrice(source: PriceSettings['source'], decimals: number): Promise<bigint> {
  const place = 'file' in source ? source.file : source.url;
  const data: unknown = await load(source).catch((cause: unknown) => {
    throw failed(place, 'it cannot be read as JSON', cause);
  });
  const value = source.field.split('.').reduce<unknown>((node, key) => childOf(node, key), data);
  const price = toAnswer(value, decimals);
  if (price === undefined) throw failed(place, `“${source.field}” is no positive decimal number`);
  return price;
}

async function load(source: PriceSettings['source']): Promise<unknown> {
  if ('file' in source) return JSON.parse(await readFile(source.file, 'utf8'));
  const response = await fetch(source.url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  if (!response.ok) throw failed(source.url, `it answers ${response.status}`);
  return response.json();
}

function childOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;
}

/** Sources may be finer than the feed, so what is beyond its decimals is cut off. */
function toAnswer(value: unknown, decimals: number): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const fraction = (match[2] ?? '').slice(0, decimals).padEnd(decimals, '0');
  const answer = BigInt(`${match[1]}${fraction}`);
  return answer > 0n ? answer : undefined;
}

function failed(place: string, why: string, cause?: unknown): OutsideError {
  return new OutsideError(`The price source ${place} cannot be used: ${why}.`, {
    code: 'PRICE_SOURCE_FAILED',
    fault: 'provider',
    retryable: true,
    hint: 'It has to be JSON with the price as a decimal number, such as {"price": "3012.55"}.',
    cause,
  });
}
