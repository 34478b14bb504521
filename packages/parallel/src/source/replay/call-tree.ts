import type { Address, Hex } from 'viem';
import {
  asAddress,
  asBytes,
  asFields,
  asList,
  asNumber,
  asQuantity,
  type Fields,
  inconsistent,
} from '../answer/fields.ts';

/** A call or a creation, of a `trace` as OpenEthereum introduced it. */
export type CallNode = {
  /** Who is called; `undefined` for a creation. */
  target: Address | undefined;
  /** The contract that a creation made; `undefined` when it failed. */
  created: Address | undefined;
  /** The code that a creation ran; `undefined` for a call. */
  init: Hex | undefined;
  failed: boolean;
  gas: number;
  /** `undefined` where the server does not tell. */
  gasUsed: number | undefined;
  children: CallNode[];
};

/** The calls of a transaction as a tree. */
export function readCallTree(value: unknown): CallNode {
  const byPlace = new Map<string, CallNode>();
  let top: CallNode | undefined;
  for (const item of asList(value, 'trace')) {
    const call = asFields(item, 'a call of trace');
    if (call.type !== 'call' && call.type !== 'create') continue;
    const place = asList(call.traceAddress, 'the place of a call').map((step) =>
      asNumber(step, 'the place of a call'),
    );
    const node = readNode(call);
    byPlace.set(place.join(), node);
    if (place.length === 0) top = node;
    else {
      const parent = byPlace.get(place.slice(0, -1).join());
      if (!parent) throw inconsistent('trace has a call that nobody made.');
      parent.children.push(node);
    }
  }
  if (!top) throw inconsistent('trace has no call of the transaction itself.');
  return top;
}

function readNode({ type, action, result, error }: Fields): CallNode {
  const { to, gas, init } = asFields(action, 'a call of trace');
  const ended =
    result === null || result === undefined ? undefined : asFields(result, 'the result of a call');
  const failed = error !== null && error !== undefined;
  return {
    target: type === 'call' ? asAddress(to, 'the target of a call') : undefined,
    created: type === 'create' && !failed ? asAddress(ended?.address, 'a created contract') : undefined,
    init: type === 'create' ? asBytes(init, 'the code of a creation') : undefined,
    failed,
    gas: Number(asQuantity(gas, 'the gas of a call')),
    gasUsed: ended?.gasUsed === undefined ? undefined : asNumber(ended.gasUsed, 'the gas of a call'),
    children: [],
  };
}

/** The calls inside of one, in the order in which they ended. */
export function* finishedCalls(node: CallNode): Generator<CallNode> {
  for (const child of node.children) {
    yield* finishedCalls(child);
    yield child;
  }
}
