import type { ReadStream } from 'node:tty';

/** What keys do, by the character they send. */
export type Keys = Readonly<Record<string, () => void>>;

/** Listens to single keys of a terminal. @returns a function that gives the keyboard back */
export function listenToKeys(stream: ReadStream, keys: Keys): () => void {
  if (!stream.isTTY) return () => {};
  const press = (chunk: Buffer) => {
    for (const character of chunk.toString()) keys[character]?.();
  };
  stream.setRawMode(true);
  stream.on('data', press);
  stream.resume();
  return () => {
    stream.off('data', press);
    stream.setRawMode(false);
    stream.pause();
  };
}
