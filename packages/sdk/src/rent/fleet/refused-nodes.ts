import type { MillraceError } from '@millrace/protocol';
import type { Address } from 'viem';

/** A node, and its reason. */
type RefusedNode = {
  readonly node: Address;
  readonly endpoint: string;
  readonly error: MillraceError;
};

/** Nodes that said no for good: they are dismissed for a while, like offers that do not fit. */
export type RefusedNodes = {
  /** @param group the jobs that it refuses; `undefined`: all of them */
  add(group: string | undefined, refused: RefusedNode): void;
  has(group: string, node: Address): boolean;
  /** Those that jobs of a group are closed out from now. */
  of(group: string): RefusedNode[];
};

/** After this a node is asked again: what its operator has changed is seen. */
const REFUSED_MILLISECONDS = 30_000;
const ALL = '';

export function createRefusedNodes(): RefusedNodes {
  const groups = new Map<string, Map<Address, RefusedNode & { readonly until: number }>>();

  const current = (group: string): Map<Address, RefusedNode & { readonly until: number }> => {
    const nodes = groups.get(group) ?? new Map();
    for (const [node, { until }] of nodes) if (until <= Date.now()) nodes.delete(node);
    if (nodes.size === 0) groups.delete(group);
    return nodes;
  };

  return {
    add(group = ALL, refused) {
      const nodes = current(group);
      nodes.set(refused.node, { ...refused, until: Date.now() + REFUSED_MILLISECONDS });
      groups.set(group, nodes);
    },
    has: (group, node) => current(group).has(node) || current(ALL).has(node),
    of: (group) => [...new Map([...current(group), ...current(ALL)]).values()],
  };
}
