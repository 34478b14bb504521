/** A list of the text format: its items, and the text that it is. */
export type List = { readonly items: readonly Item[]; readonly text: string };
/** Atoms and strings stand as they are written, strings with their quotes. */
export type Item = string | List;

const SPACE = /[\s]/;
const ATOM_END = /[\s()";]/;

/** The lists at the top of a script. */
export function parseWast(text: string): List[] {
  const open: { start: number; items: Item[] }[] = [{ start: 0, items: [] }];
  let at = 0;
  while (at < text.length) {
    const next = skipBlank(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    const top = open.at(-1) as { start: number; items: Item[] };
    if (text[at] === '(') {
      open.push({ start: at++, items: [] });
    } else if (text[at] === ')') {
      open.pop();
      at++;
      open.at(-1)?.items.push({ items: top.items, text: text.slice(top.start, at) });
    } else {
      const end = text[at] === '"' ? endOfString(text, at) : endOfAtom(text, at);
      top.items.push(text.slice(at, end));
      at = end;
    }
  }
  return (open[0]?.items ?? []).filter((item) => typeof item !== 'string');
}

function skipBlank(text: string, at: number): number {
  if (SPACE.test(text[at] as string)) return at + 1;
  if (text.startsWith(';;', at)) return endOfLine(text, at);
  if (!text.startsWith('(;', at)) return at;
  let depth = 0;
  let end = at;
  do {
    if (text.startsWith('(;', end)) depth++;
    else if (text.startsWith(';)', end)) depth--;
    else {
      end++;
      continue;
    }
    end += 2;
  } while (depth > 0 && end < text.length);
  return end;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}

function endOfAtom(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !ATOM_END.test(text[end] as string)) end++;
  return end;
}

/** The bytes of a string as the text format writes it, quotes included. */
export function bytesOfString(quoted: string): Uint8Array {
  const bytes: number[] = [];
  for (const [part, code] of quoted
    .slice(1, -1)
    .matchAll(/\\([0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|.)|[^\\]+/gs)) {
    if (code === undefined) bytes.push(...new TextEncoder().encode(part));
    else if (code.startsWith('u')) {
      const point = Number.parseInt(code.slice(2, -1), 16);
      bytes.push(...new TextEncoder().encode(String.fromCodePoint(point)));
    } else if (code.length === 2) bytes.push(Number.parseInt(code, 16));
    else bytes.push(({ t: 9, n: 10, r: 13 } as Record<string, number>)[code] ?? code.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}
