import { readFile } from 'node:fs/promises';
import { readWav, type Sound } from './read-wav.ts';

/** Three seconds of somebody reading aloud; `data/README.md` says where it is from. */
export async function sampleRecording(): Promise<Sound> {
  return readWav(await readFile(new URL('../data/sense-and-sensibility.wav', import.meta.url)));
}
