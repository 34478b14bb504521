import { asFields, type Fields, inconsistent } from '../answer/fields.ts';
import { opensFrame } from '../machine/opcodes.ts';
import { type CallNode, finishedCalls } from './call-tree.ts';
import { startGas } from './gas-before.ts';
import { nameOf, readVmFrame, type VmFrame } from './vm-trace-fields.ts';

/** The frame that an instruction opened, given the call that `trace` has for it. */
export type FindSubFrame = (opener: Fields, call: CallNode | undefined) => VmFrame | undefined;

type Node = VmFrame & { shown: readonly Node[] };

/** Deeper than the EVM goes, so that a hostile answer cannot exhaust the stack of this program. */
const DEEPEST = 1025;

/**
 * How to find the frames inside a transaction. Anvil and reth (revm-inspectors) hang them under the wrong instructions: each
 * takes the next of the frames that finished, whosever it is. The order in which they finished can be read off
 * nonetheless, from the end, and `trace` has the same calls as a tree.
 */
export function findSubFrames(value: unknown, tree: CallNode, isBefore: boolean): FindSubFrame {
  const top = collect(value, 0);
  if (!isBefore) return asShown;
  const calls = [...finishedCalls(tree)];
  const frames = finishedFrames(top);
  const found = new Map<CallNode, VmFrame>();
  let at = 0;
  for (const call of calls) {
    const frame = frames[at];
    if (!frame || !belongs(frame, call, isBefore)) continue;
    found.set(call, frame);
    at += 1;
  }
  if (at !== frames.length) throw inconsistent('vmTrace and trace show different calls.');
  return (_, call) => call && found.get(call);
}

const asShown: FindSubFrame = ({ sub }) => (sub === null || sub === undefined ? undefined : readVmFrame(sub));

function belongs(frame: VmFrame, call: CallNode, isBefore: boolean): boolean {
  return frame.operations.length === 0 || startGas(frame, isBefore) === call.gas;
}

function collect(value: unknown, depth: number): Node {
  if (depth > DEEPEST) throw inconsistent('The trace is deeper than the EVM allows.');
  const { code, operations } = readVmFrame(value);
  const shown: Node[] = [];
  for (const item of operations) {
    const operation = asFields(item, 'an instruction');
    if (operation.sub === null || operation.sub === undefined) continue;
    if (!opensFrame(nameOf(operation, code)))
      throw inconsistent('An instruction that opens no frame has one.');
    shown.push(collect(operation.sub, depth + 1));
  }
  return { code, operations, shown };
}

/** The frames inside the transaction in the order in which they finished. */
function finishedFrames(top: Node): Node[] {
  const lastFirst = [...top.shown].reverse();
  for (let at = 0; at < lastFirst.length; at += 1)
    lastFirst.push(...[...(lastFirst[at]?.shown ?? [])].reverse());
  return lastFirst.reverse();
}
