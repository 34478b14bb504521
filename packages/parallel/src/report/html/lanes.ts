import type { BlockAccess } from '../../access/block-access.ts';
import { type RuleName, SCHEDULERS } from '../../schedule/rules.ts';
import type { Run } from '../../schedule/schedule.ts';
import type { BlockReport } from '../block-report.ts';
import { escapeHtml, thousands, times } from './markup.ts';

const WIDTH = 1100;
const GUTTER = 34;
const LANE = 15;

/** One drawing for each engine, behind tabs: a lane for each core, time in gas to the right. */
export function renderLanes(
  block: BlockAccess,
  report: BlockReport,
  cores: number,
  rules: readonly RuleName[],
): string {
  const tabs = rules.map((rule, k) => {
    const id = `lanes-${rule}`;
    return `<input type="radio" name="lanes" id="${id}"${k === 0 ? ' checked' : ''}><label for="${id}">${escapeHtml(rule)}</label>`;
  });
  const panes = rules.map((rule) => `<div class="pane">${draw(block, report, cores, rule)}</div>`);
  const key =
    '<p class="key about"><span><i style="background:var(--run)"></i>runs once</span><span><i style="background:var(--path)"></i>on the longest chain</span><span><i style="background:var(--again)"></i>runs again</span></p>';
  return `<div class="tabs">${tabs.join('')}${panes.join('')}</div>${key}`;
}

function draw(block: BlockAccess, report: BlockReport, cores: number, rule: RuleName): string {
  const { runs, makespan, reruns } = SCHEDULERS[rule](block.transactions, cores);
  const scale = makespan === 0 ? 0 : (WIDTH - GUTTER - 4) / makespan;
  const onPath = new Set(report.criticalPath.steps.map(({ index }) => index));
  const rectangles = runs.map((run) => rectangle(run, block, scale, onPath));
  const labels = Array.from(
    { length: cores },
    (_, core) => `<text class="t" x="4" y="${core * LANE + LANE - 3}">${core + 1}</text>`,
  );
  const speedup = makespan === 0 ? 1 : report.block.gas / makespan;
  const words = `${rule} on ${cores} cores: ${times(speedup)}, ${thousands(makespan)} gas until the end, ${reruns} run again`;
  return `<p class="about">${escapeHtml(words)}</p><svg viewBox="0 0 ${WIDTH} ${cores * LANE + 4}" role="img" aria-label="${escapeHtml(words)}">${labels.join('')}${rectangles.join('')}</svg>`;
}

function rectangle(run: Run, block: BlockAccess, scale: number, onPath: ReadonlySet<number>): string {
  const { index, core, start, end, isRerun } = run;
  const x = (GUTTER + start * scale).toFixed(1);
  const width = Math.max(0.6, (end - start) * scale - 0.6).toFixed(1);
  const kind = isRerun ? 'a' : onPath.has(index) ? 'p' : 'r';
  const hash = block.transactions[index]?.hash.slice(0, 12) ?? '';
  const title = `transaction ${index} ${hash}… ${thousands(end - start)} gas${isRerun ? ', again' : ''}`;
  return `<a href="#t${index}"><rect class="${kind}" x="${x}" y="${core * LANE + 2}" width="${width}" height="${LANE - 3}" rx="1.5"><title>${title}</title></rect></a>`;
}
