/** Text that is safe between tags and in attributes. */
export function escapeHtml(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}

/** A table whose cells are already markup. @param left columns aligned to the left; default: the first */
export function table(
  heads: readonly string[],
  rows: readonly { id?: string; cells: readonly (string | number)[] }[],
  left: readonly number[] = [0],
): string {
  const align = (column: number) => (left.includes(column) ? '' : ' class="n"');
  const head = heads.map((each, k) => `<th scope="col"${align(k)}>${escapeHtml(each)}</th>`).join('');
  const body = rows.map(({ id, cells }) => {
    const inner = cells.map((cell, k) => `<td${align(k)}>${cell}</td>`).join('');
    return `<tr${id ? ` id="${id}"` : ''}>${inner}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

/** A share of the widest, as a bar with its number. */
export function bar(value: number, most: number): string {
  const percent = most === 0 ? 0 : Math.round((100 * value) / most);
  return `<span class="bar" style="--w:${percent}%">${value}</span>`;
}

/** Rounded down: `28.2×`. */
export function times(speedup: number): string {
  return `${(Math.floor(speedup * 10 + 1e-9) / 10).toFixed(1)}×`;
}

export function thousands(number: number): string {
  return number.toLocaleString('en-US');
}
