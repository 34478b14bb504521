import type { HardwareReport } from './measure-hardware.ts';

/** What was measured, for people: a line each. */
export function formatHardware({ hardware, gpuFoundBy, threads, rates }: HardwareReport): string[] {
  const { cpu, cores, memoryMegabytes, gpu, gpuMemoryMegabytes } = hardware;
  const rate = ({ perSecond, spread, runs }: (typeof rates)['integer']) =>
    `${millions(perSecond)} million fuel a second (± ${(spread * 50).toFixed(1)} %, ${runs} runs)`;
  const memory = gpuMemoryMegabytes > 0 ? `, ${gigabytes(gpuMemoryMegabytes)} GiB` : '';
  return [
    `Processor: ${cpu === '' ? 'unnamed' : cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'} to use`,
    `Memory: ${gigabytes(memoryMegabytes)} GiB`,
    `Graphics: ${gpu === '' ? 'none found' : `${gpu}${memory} (by ${gpuFoundBy})`}`,
    `Integer jobs: ${rate(rates.integer)}`,
    `Float jobs: ${rate(rates.float)}`,
    `Measured with ${threads} ${threads === 1 ? 'job' : 'jobs'} at once; the figures are for each.`,
  ];
}

function millions(amount: bigint): string {
  return (amount / 1_000_000n).toLocaleString('en');
}

function gigabytes(megabytes: number): string {
  return (megabytes / 1_024).toFixed(1);
}
