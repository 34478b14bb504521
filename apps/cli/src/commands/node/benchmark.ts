import { hardwareSchema } from '@millrace/protocol/wire';
import { defineCommand } from '../../command.ts';
import { askNodeProgram } from '../../node/node-program.ts';
import { renderFacts } from '../../terminal/table.ts';
import { readSeconds } from '../../words/duration-words.ts';

export const nodeBenchmark = defineCommand({
  path: 'node benchmark',
  summary: 'Measure this machine as a node would offer it',
  details:
    'Runs jobs of known work in the sandbox, as many at once as there are cores. Fuel is what jobs are counted in: about one unit for each instruction.',
  options: { time: { kind: 'text', value: 'span', about: 'how long to measure; default: 4s' } },
  examples: ['node benchmark', 'node benchmark --time 20s --json'],
  run: async (session, { options }) => {
    session.terminal.note('Measuring this machine …');
    const seconds = readSeconds(options.time ?? '4s');
    const args = ['benchmark', '--json', '--seconds', String(seconds)];
    const report = await askNodeProgram<{ hardware: unknown }>(args, session.signal);
    const hardware = hardwareSchema.parse(report.hardware);
    const speed = (fuel: bigint) => `${(Number(fuel) / 1e9).toFixed(2)} G fuel a second`;
    const text = renderFacts([
      ['processor', hardware.cpu || '—'],
      ['cores', String(hardware.cores)],
      ['memory', `${(hardware.memoryMegabytes / 1_024).toFixed(1)} GB`],
      ['graphics card', hardware.gpu || 'none found'],
      ['integer jobs, each', speed(hardware.fuelPerSecond.integer)],
      ['float jobs, each', speed(hardware.fuelPerSecond.float)],
    ]);
    return { data: { ...report, hardware }, text };
  },
});
