import type { Desk } from '../desk.ts';
import type { Action } from './action.ts';
import type { Fees } from './fees.ts';

/** Holds the actions of a round back until its end. */
export type OrderedAct = {
  act: Desk['act'];
  /** Sends what was held back, one after the other, and returns it. */
  release: () => Promise<Action[]>;
};

/**
 * Duties run side by side, so the order in which they decide depends on how fast a node answers. Held back and sorted by
 * what they act upon, their actions take the same nonces every time.
 */
export function createOrderedAct(act: Desk['act']): OrderedAct {
  let held: { action: Action; fees: Fees }[] = [];
  return {
    act: async (action, fees) => {
      held.push({ action, fees });
    },
    release: async () => {
      const round = held.sort((a, b) => (a.action.subject < b.action.subject ? -1 : 1));
      held = [];
      for (const { action, fees } of round) await act(action, fees);
      return round.map(({ action }) => action);
    },
  };
}
