// npx tsx --conditions=@millrace/source examples/compute/digits.ts [logits]: handwritten digits, read in the sandbox.
import { openSandbox } from '@millrace/sandbox';
import { digitsJob, readDigits, sampleDigits } from '@millrace/workload-digits';

const logits = process.argv[2] === 'logits';
const samples = await sampleDigits();
const job = await digitsJob(
  samples.map(({ image }) => image),
  { logits },
);

await using sandbox = await openSandbox({ threads: 1 });
const started = performance.now();
const { output, fuel } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
const seconds = (performance.now() - started) / 1_000;

const digits = readDigits(output, { logits });
const wrong = samples.flatMap(({ label, image }, at) =>
  digits.labels[at] === label ? [] : [{ at, label, image }],
);
for (const { at, label, image } of wrong.slice(0, 2)) {
  console.log(draw(image));
  console.log(`Image ${at} is a ${label}, and was read as a ${digits.labels[at]}.`);
  if (digits.logits) console.log(`Logits: ${[...(digits.logits[at] as Int32Array)].join(' ')}`);
}
const right = samples.length - wrong.length;
console.log(`${right} of ${samples.length} digits are right; ${fuel} fuel, ${seconds.toFixed(2)} s.`);

/** Two rows of the image in one line of text. */
function draw(image: Uint8Array): string {
  const inkAt = (row: number, column: number) => (image[row * 28 + column] as number) > 96;
  const shades = [' ', '▄', '▀', '█'];
  const line = (row: number) =>
    Array.from({ length: 28 }, (_, column) => shades[2 * +inkAt(row, column) + +inkAt(row + 1, column)]).join(
      '',
    );
  return Array.from({ length: 14 }, (_, index) => line(2 * index)).join('\n');
}
