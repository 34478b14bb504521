/** Colours and weights of text; without colour, text as it is. */
export type Paint = Readonly<Record<Tone, (text: string) => string>>;

export type Tone = 'plain' | 'dim' | 'bold' | 'good' | 'fair' | 'poor' | 'bad' | 'accent' | 'banner';

/** SGR codes (ECMA-48); 38;5 are the 256 colours that every terminal of this century has. */
const CODES: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '38;5;245',
  bold: '1',
  good: '38;5;78',
  fair: '38;5;186',
  poor: '38;5;215',
  bad: '38;5;203',
  accent: '38;5;80',
  banner: '1;38;5;231;48;5;24',
};

export function createPaint(colour: boolean): Paint {
  const entries = Object.entries(CODES).map(([tone, code]) => {
    const paint = (text: string) =>
      colour && code !== '' && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
    return [tone, paint] as const;
  });
  return Object.fromEntries(entries) as Paint;
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** How many columns a text takes. All characters of the view are one column wide. */
export function widthOf(text: string): number {
  return [...text.replace(ESCAPES, '')].length;
}

/** Fills up with spaces to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cuts what is beyond `width` columns; colours are ended. */
export function clipTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let taken = '';
  let columns = 0;
  for (const part of text.split(new RegExp(`(${ESCAPES.source})`))) {
    if (part.startsWith('\u001b')) {
      taken += part;
      continue;
    }
    const rest = [...part].slice(0, width - columns);
    taken += rest.join('');
    columns += rest.length;
  }
  return taken;
}

/** `left` and `right` at the ends of a line of `width` columns; the left gives way. */
export function justify(left: string, right: string, width: number): string {
  const room = width - widthOf(right);
  if (room < 1) return clipTo(right, width);
  return padTo(clipTo(left, room - 1), room) + right;
}
