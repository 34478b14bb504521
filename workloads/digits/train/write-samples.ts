// npm run samples -w @millrace/workload-digits: writes data/samples.bin, the first twenty of each digit in the test split.
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadSamples } from './samples.ts';

const FILE = new URL('../data/samples.bin', import.meta.url);

const { testing } = loadSamples();
const chosen = Array.from({ length: 10 }, (_, digit) =>
  testing.filter(({ label }) => label === digit).slice(0, 20),
).flat();
mkdirSync(new URL('.', FILE), { recursive: true });
writeFileSync(FILE, Buffer.concat(chosen.flatMap(({ label, image }) => [Uint8Array.of(label), image])));
