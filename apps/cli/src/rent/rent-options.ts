import { PREFERENCES, type Preference } from '@millrace/sdk/rent';
import { UsageError } from '../usage-error.ts';

/** Where nodes are looked for, and what matters when they are compared. */
export const findOptions = {
  node: { kind: 'list', value: 'url', about: 'a node to ask, beside those of the registry' },
  prefer: { kind: 'text', value: 'what', about: `${Object.keys(PREFERENCES).join(', ')}; default: balanced` },
} as const;

/** @throws {@link UsageError} `INVALID_OPTION` */
export function readPreference(text: string | undefined): Preference | undefined {
  if (text === undefined || Object.hasOwn(PREFERENCES, text)) return text as Preference | undefined;
  const names = Object.keys(PREFERENCES).join(', ');
  throw new UsageError(`“${text}” (--prefer) is none of ${names}.`, 'INVALID_OPTION');
}

/** @throws {@link UsageError} `INVALID_OPTION` */
export function readNodeUrls(urls: readonly string[]): string[] {
  const bad = urls.find((url) => !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol));
  if (bad === undefined) return urls.map((url) => url.replace(/\/+$/, ''));
  throw new UsageError(
    `“${bad}” (--node) is no http(s) URL.`,
    'INVALID_OPTION',
    'Write it like http://127.0.0.1:7070.',
  );
}
