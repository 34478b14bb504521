import { asFields, asNumber, type Fields } from '../answer/fields.ts';
import { opensFrame } from '../machine/opcodes.ts';
import { nameOf, readEffect, type VmFrame } from './vm-trace-fields.ts';

/**
 * Whether `used` is the gas before the instruction (anvil, reth) rather than after it, as OpenEthereum meant it. Told by
 * two neighbours of different cost.
 */
export function tellsGasBefore({ operations, code }: VmFrame): boolean {
  for (let i = 1; i < operations.length; i += 1) {
    const [first, second] = [
      asFields(operations[i - 1], 'an instruction'),
      asFields(operations[i], 'an instruction'),
    ];
    if (opensFrame(nameOf(first, code)) || opensFrame(nameOf(second, code))) continue;
    const [left, next] = [readEffect(first.ex)?.gasLeft, readEffect(second.ex)?.gasLeft];
    if (left === undefined || next === undefined || costOf(first) === costOf(second)) continue;
    return left - costOf(first) === next;
  }
  return false;
}

export function costOf(operation: Fields): number {
  return asNumber(operation.cost, 'the cost of an instruction');
}

/** Gas with which a frame began. */
export function startGas({ operations: [first] }: VmFrame, isBefore: boolean): number {
  if (first === undefined) return 0;
  const operation = asFields(first, 'an instruction');
  const left = readEffect(operation.ex)?.gasLeft ?? 0;
  return isBefore ? left : left + costOf(operation);
}
