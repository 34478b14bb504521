import { amountsAsText } from '@millrace/protocol';

/** One JSON document, bigints as decimal strings, indented for the eye that looks anyway. */
export function renderJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, amountsAsText, indent);
}
