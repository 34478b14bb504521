import { asQuantity, inconsistent } from '../answer/fields.ts';
import { opensFrame, stackEffect } from '../machine/opcodes.ts';
import type { VmEffect } from './vm-trace-fields.ts';

/** A word of the stack; `undefined` where the trace does not tell it. */
export type Word = bigint | undefined;

/** Does to the stack what an instruction does. @param result what an instruction left that opened a frame */
export function moveStack(stack: Word[], name: string, effect: VmEffect, result: Word): void {
  const counts = stackEffect(name);
  if (!counts) throw inconsistent('The trace has an instruction that this version does not know.', { name });
  const [pops, pushes] = counts;
  if (stack.length < pops) throw inconsistent('The trace takes more from the stack than there is.', { name });
  if (name.startsWith('DUP')) stack.push(stack[stack.length - pops]);
  else if (name.startsWith('SWAP')) {
    const top = stack.length - 1;
    [stack[top], stack[top + 1 - pops]] = [stack[top + 1 - pops], stack[top]];
  } else {
    stack.length -= pops;
    if (pushes === 1) stack.push(opensFrame(name) ? result : pushed(effect, name));
  }
}

function pushed(effect: VmEffect, name: string): bigint {
  const last = effect.push.at(-1);
  if (last === undefined) throw inconsistent('The trace does not tell what an instruction pushed.', { name });
  return asQuantity(last, 'a word of the stack');
}
