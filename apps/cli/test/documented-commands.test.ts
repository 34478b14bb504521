import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands.ts';
import { readCommandLine } from '../src/program.ts';

const PAGES = ['README.md', 'docs/start/README.md', 'docs/lend/cli.md'] as const;

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

/** What lenders, borrowers and liquidators use; other verbs have pages of their own. */
const LENDING = /^(dev|market|lend|position|liquidate|checkpoint|oracle|doctor|key)\b/;

it('docs/lend/cli.md shows every verb of lending', () => {
  const lines = shownIn('docs/lend/cli.md');
  const visible = commands
    .filter(({ path, hidden }) => !hidden && LENDING.test(path))
    .map(({ path }) => path);
  expect(visible.filter((path) => !lines.some((line) => `${line} `.startsWith(`${path} `)))).toEqual([]);
});
