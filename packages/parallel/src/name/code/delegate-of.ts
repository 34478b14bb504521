import type { Address, Hex } from 'viem';

/** `push20 <address> gas delegatecall`, in code too short for anything but a proxy: EIP-1167 and its shorter kin. */
const CLONE = /73([0-9a-f]{40})5af4/;
/** EIP-1167 for an address that begins with zeros: a shorter push. */
const SHORT_CLONE = /^363d3d373d3d3d363d(?:6[0-9a-f]|7[0-2])([0-9a-f]{2,38})5af43d82803e903d91/;
const DELEGATED = /^ef0100([0-9a-f]{40})$/;
const LONGEST_CLONE = 2 * 128;

/** Whose code an account runs: of a minimal proxy (EIP-1167), of an account that delegates (EIP-7702). */
export function delegateOf(code: Hex): Address | undefined {
  const digits = code.slice(2).toLowerCase();
  if (digits.length > LONGEST_CLONE) return undefined;
  const whole = DELEGATED.exec(digits)?.[1] ?? CLONE.exec(digits)?.[1];
  if (whole !== undefined) return `0x${whole}`;
  const short = SHORT_CLONE.exec(digits)?.[1];
  return short === undefined ? undefined : `0x${short.padStart(40, '0')}`;
}
