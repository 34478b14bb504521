import { stripVTControlCharacters } from 'node:util';

export type Column = { title: string; align?: 'left' | 'right' };

/**
 * Rows under headings, columns two spaces apart. Colours in a cell do not count towards its width.
 *
 * @example
 * ```ts
 * renderTable([{ title: 'token' }, { title: 'amount', align: 'right' }], [['ETH', '1.5']])
 * ```
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  heading: (title: string) => string = (title) => title,
): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? '', widths[i] ?? 0, align ?? 'left'))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => heading(title))), ...rows.map(line)].join('\n');
}

/** Names and values, one a line, values aligned. */
export function renderFacts(
  facts: readonly (readonly [name: string, value: string])[],
  name: (text: string) => string = (text) => text,
): string {
  const width = Math.max(0, ...facts.map(([each]) => widthOf(each)));
  return facts.map(([each, value]) => `${name(each.padEnd(width))}  ${value}`.trimEnd()).join('\n');
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
