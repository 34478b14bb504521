import type { Simulation } from '../block-report.ts';
import { escapeHtml, table, times } from './markup.ts';

/** One row for each rule, one column for each number of cores. */
export function renderEngines(simulations: readonly Simulation[]): string {
  const cores = [...new Set(simulations.map((each) => each.cores))];
  const rules = [...new Set(simulations.map(({ rule }) => rule))];
  const rows = rules.map((rule) => {
    const cells = cores.map((many) => {
      const found = simulations.find((each) => each.rule === rule && each.cores === many);
      return found
        ? `${times(found.speedup)}${found.reruns > 0 ? ` <small>${found.reruns} again</small>` : ''}`
        : '—';
    });
    return { cells: [escapeHtml(rule), ...cells] };
  });
  return table(['rule', ...cores.map((many) => `${many} cores`)], rows);
}
