import { escapeHtml } from './markup.ts';
import { STYLE } from './style.ts';

/** One self-contained page: no script, nothing loaded from anywhere. */
export function page(
  title: string,
  figures: readonly (readonly [string, string])[],
  sections: readonly Section[],
): string {
  const shown = sections.filter(({ body }) => body !== '');
  const links = shown.map(({ id, title: each }) => `<a href="#${id}">${escapeHtml(each)}</a>`).join('');
  const cards = figures.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  const parts = shown.map(
    ({ id, title: each, about, body }) =>
      `<section id="${id}"><h2>${escapeHtml(each)}</h2>${about ? `<p class="about">${escapeHtml(about)}</p>` : ''}${body}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><header><h1>${escapeHtml(title)}</h1><dl class="figures">${cards.join('')}</dl><nav aria-label="Sections">${links}</nav></header>
<main>${parts.join('\n')}</main></body></html>
`;
}

/** A part of a page; left out when its body is empty. `body` is markup. */
export type Section = { id: string; title: string; about?: string; body: string };
