import { BROKEN, badLayout } from './bad-layout.ts';

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key, or an empty one. */
export function child(value: unknown, key: string): Json {
  const found = isJson(value) ? value[key] : undefined;
  return isJson(found) ? found : {};
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isJson(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** @throws {@link ParallelError} `BAD_LAYOUT` */
export function textAt(value: unknown, key: string, where: string): string {
  const found = isJson(value) ? value[key] : undefined;
  if (typeof found !== 'string') throw badLayout(`${where} has no ${key}.`, BROKEN);
  return found;
}

/** A whole number, as a number or as decimal digits. @throws {@link ParallelError} `BAD_LAYOUT` */
export function wholeAt(value: unknown, key: string, where: string): bigint {
  const found = isJson(value) ? value[key] : undefined;
  if (typeof found === 'number' && Number.isSafeInteger(found) && found >= 0) return BigInt(found);
  if (typeof found === 'string' && /^\d+$/.test(found)) return BigInt(found);
  throw badLayout(`${where}: ${key} is no whole number.`, BROKEN);
}
