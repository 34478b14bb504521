import { openSandbox } from '@millrace/sandbox';
import { jobPolicy, type Profile, prepareModule } from '@millrace/sandbox/gate';
import { compileKernel } from './compile-kernel.ts';
import { noopModule } from './noop.ts';
import { startKernel } from './start-kernel.ts';

/** Instrumented against plain: the shortest of many runs, alternating, in one process. */
type KernelFigures = {
  readonly profile: Profile;
  readonly ratio: number;
  readonly plainMilliseconds: number;
  readonly instrumentedMilliseconds: number;
  readonly fuel: number;
};

export type SandboxReport = {
  readonly kernels: Readonly<Record<string, KernelFigures>>;
  /** A job that does nothing, on a warm sandbox: from submitting it to its result. */
  readonly noop: {
    readonly p50Milliseconds: number;
    readonly p99Milliseconds: number;
    readonly jobs: number;
  };
};

const KERNELS: Readonly<Record<string, { file: string; profile: Profile }>> = {
  matmulInteger: { file: 'matmul-integer', profile: 'integer' },
  matmulFloat: { file: 'matmul-float', profile: 'float' },
  sha256: { file: 'sha256', profile: 'integer' },
  sort: { file: 'sort', profile: 'integer' },
};
/** Until V8 runs optimised code on both sides. */
const WARM_UP_RUNS = 15;
const RUNS = 80;
const NOOP_JOBS = 2_000;

export async function measureSandbox(): Promise<SandboxReport> {
  const kernels: Record<string, KernelFigures> = {};
  for (const [name, { file, profile }] of Object.entries(KERNELS)) {
    kernels[name] = measureKernel(name, await compileKernel(file), profile);
  }
  return { kernels, noop: await measureNoop() };
}

function measureKernel(name: string, bytes: Uint8Array, profile: Profile): KernelFigures {
  const plain = startKernel(bytes);
  const instrumented = startKernel(prepareModule(bytes, jobPolicy(profile)));
  const times: { plain: number[]; instrumented: number[] } = { plain: [], instrumented: [] };
  let fuel = 0n;
  for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
    const [before, after] = [plain(), instrumented()];
    if (before.result !== after.result)
      throw new Error(`${name}: the instrumented module yields something else.`);
    if (run > 0 && after.fuel !== fuel) throw new Error(`${name}: the fuel differs from run to run.`);
    fuel = after.fuel;
    if (run < WARM_UP_RUNS) continue;
    times.plain.push(before.milliseconds);
    times.instrumented.push(after.milliseconds);
  }
  const [plainMilliseconds, instrumentedMilliseconds] = [
    Math.min(...times.plain),
    Math.min(...times.instrumented),
  ];
  return {
    profile,
    ratio: round(instrumentedMilliseconds / plainMilliseconds),
    plainMilliseconds: round(plainMilliseconds),
    instrumentedMilliseconds: round(instrumentedMilliseconds),
    fuel: Number(fuel),
  };
}

async function measureNoop(): Promise<SandboxReport['noop']> {
  const sandbox = await openSandbox({ threads: 1 });
  try {
    const module = noopModule();
    const milliseconds: number[] = [];
    for (let job = 0; job < NOOP_JOBS; job++) {
      const start = performance.now();
      await sandbox.run({ module });
      milliseconds.push(performance.now() - start);
    }
    const sorted = milliseconds.slice(NOOP_JOBS / 10).sort((a, b) => a - b);
    const at = (share: number) => round(sorted[Math.floor(sorted.length * share)] as number);
    return { p50Milliseconds: at(0.5), p99Milliseconds: at(0.99), jobs: sorted.length };
  } finally {
    await sandbox.close();
  }
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
