const HEAD = 6;
const TAIL = 4;

/** `0x12ab…cd34`: long hex as people compare it. Short hex stays as it is. */
export function shortHex(hex: string): string {
  return hex.length <= HEAD + TAIL + 1 ? hex : `${hex.slice(0, HEAD)}…${hex.slice(-TAIL)}`;
}
