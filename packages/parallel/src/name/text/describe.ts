import type { KeyName } from '../key-name.ts';
import type { Leaf, Step } from '../slot/leaf.ts';

export type Description = Pick<KeyName, 'text' | 'variable' | 'parts'>;

const MOST_LISTED = 3;

/** Names what lies in a slot: the variable, or the struct or array that fills it, or a list. */
export function describe(leaves: readonly Leaf[]): Description {
  const [first] = leaves;
  if (!first || leaves.length === 1)
    return { text: textOf(first?.path ?? []), variable: patternOf(first?.path ?? []), parts: [] };
  const path = first.path.slice(0, sharedSteps(leaves));
  const rests = leaves.map((leaf) => leaf.path.slice(path.length));
  const parts = leaves.map(({ offset, bytes }, i) => ({
    label: withoutDot(textOf(rests[i] ?? [])),
    offset,
    bytes,
  }));
  const [text, variable] = [textOf(path), patternOf(path)];
  if (path.at(-1)?.slots === 1n) return { text, variable, parts };
  const isArray = rests[0]?.[0]?.pattern === '[*]';
  if (isArray) {
    const range = `[${parts[0]?.label.slice(1, -1)}…${parts.at(-1)?.label.slice(1, -1)}]`;
    return { text: text + range, variable: `${variable}[*]`, parts };
  }
  const list = `.{${enumerate(parts.map(({ label }) => label))}}`;
  const patterns = enumerate(rests.map((rest) => withoutDot(patternOf(rest))));
  return { text: text + list, variable: `${variable}.{${patterns}}`, parts };
}

function sharedSteps(leaves: readonly Leaf[]): number {
  const path = leaves[0]?.path ?? [];
  const differs = path.findIndex((step, i) => leaves.some((leaf) => leaf.path[i]?.text !== step.text));
  return differs === -1 ? path.length : differs;
}

function enumerate(labels: readonly string[]): string {
  const more = labels.length - MOST_LISTED;
  if (more <= 1) return labels.join(', ');
  return [...labels.slice(0, MOST_LISTED), `+${more}`].join(', ');
}

function textOf(path: readonly Step[]): string {
  return path.map(({ text }) => text).join('');
}

function patternOf(path: readonly Step[]): string {
  return path.map(({ pattern }) => pattern).join('');
}

function withoutDot(text: string): string {
  return text.replace(/^\./, '');
}
