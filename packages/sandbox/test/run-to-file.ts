// Runs a job in steps and keeps its last snapshot in a file; goes on from there when there is one. Prints what it does.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { openSandbox } from '../src/index.ts';

const [modulePath = '', snapshotPath = '', points = '0'] = process.argv.slice(2);
const input = new Uint8Array(8);
new DataView(input.buffer).setBigUint64(0, BigInt(points), true);
const resume = existsSync(snapshotPath) ? readFileSync(snapshotPath) : undefined;

await using sandbox = await openSandbox({ threads: 1 });
const { output, fuel, checkpoints } = await sandbox.run({
  ...{ module: readFileSync(modulePath), input, resume, checkpointFuel: 1_000_000n, seconds: 300 },
  seed: new Uint8Array(32).fill(7),
  snapshotSeconds: 0.02,
  onSnapshot: ({ bytes, fuel }) => {
    writeFileSync(`${snapshotPath}.new`, bytes);
    renameSync(`${snapshotPath}.new`, snapshotPath);
    process.stdout.write(`snapshot ${fuel}\n`);
  },
});
const states = createHash('sha256').update(checkpoints.map(({ fuel, state }) => `${fuel} ${state}`).join());
process.stdout.write(
  `end ${Buffer.from(output).toString().trim()} ${fuel} ${checkpoints.length} ${states.digest('hex')}\n`,
);
