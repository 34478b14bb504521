import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands.ts';
import { readCommandLine } from '../src/program.ts';

const PAGES = [
  'README.md',
  'docs/start/README.md',
  'docs/lend/cli.md',
  'docs/rent/README.md',
  'docs/provide/README.md',
] as const;

/** Every command line that a page shows, in a block or between backticks. */
function shownIn(page: string): string[] {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^(?:\$ )?(?:npm run -s millrace --|millrace) (.+)$/gm)];
  const inline = [...text.matchAll(/`(?:npm run -s millrace --|millrace) ([^`<]+)`/g)];
  return [...blocks, ...inline].map(([, words = '']) => words.replace(/\s+#.*$/, '').trim());
}

describe.each(PAGES)('%s', (page) => {
  it.each(shownIn(page))('shows a command that exists: %s', (line) => {
    const found = readCommandLine(commands, line.split(' '), '0.0.0');
    expect(found).toHaveProperty('command');
  });
});

/** Which page shows every verb of which groups. */
const WHOLE: readonly (readonly [page: string, groups: RegExp])[] = [
  ['docs/lend/cli.md', /^(dev|market|lend|position|liquidate|checkpoint|oracle|doctor|key)\b/],
  ['docs/rent/README.md', /^(offer|job|channel)\b/],
  ['docs/provide/README.md', /^node\b/],
];

it.each(WHOLE)('%s shows every verb of its groups', (page, groups) => {
  const lines = shownIn(page);
  const visible = commands.filter(({ path, hidden }) => !hidden && groups.test(path)).map(({ path }) => path);
  expect(visible.filter((path) => !lines.some((line) => `${line} `.startsWith(`${path} `)))).toEqual([]);
});
