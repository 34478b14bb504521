import type { SandboxReport } from './measure-sandbox.ts';

const TITLES: Record<string, string> = {
  matmulInteger: 'matrix product, i32, 192 × 192',
  matmulFloat: 'matrix product, f64, 192 × 192',
  sha256: 'SHA-256 of 2 MiB',
  sort: 'quicksort of 200,000 numbers',
};

/** What `--json` prints: the ratios by name, and the warm no-op. */
export function summariseSandbox({ kernels, noop }: SandboxReport) {
  const ratios = Object.entries(kernels).map(([name, { ratio }]) => [name, ratio]);
  return { ...Object.fromEntries(ratios), noopP50: noop.p50Milliseconds, noopP99: noop.p99Milliseconds };
}

export function renderSandbox({ kernels, noop }: SandboxReport): string {
  const rows = Object.entries(kernels).map(
    ([name, { profile, plainMilliseconds, instrumentedMilliseconds, ratio }]) =>
      [
        TITLES[name],
        profile,
        plainMilliseconds.toFixed(2),
        instrumentedMilliseconds.toFixed(2),
        ratio.toFixed(3),
      ].join(' | '),
  );
  return [
    '# The sandbox: what counting costs',
    '',
    'The same AssemblyScript kernel as the compiler wrote it and as the gate lets it through, in one process, alternating;',
    'the shortest of 80 runs of each. The time is that of the machine at hand, the ratio is what to compare.',
    '',
    '| kernel | profile | plain, ms | instrumented, ms | ratio |',
    '|---|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `A job that does nothing, from submitting it to its result, one warm thread, ${noop.jobs} jobs:`,
    `p50 ${noop.p50Milliseconds.toFixed(2)} ms, p99 ${noop.p99Milliseconds.toFixed(2)} ms.`,
  ].join('\n');
}
