import { UnexpectedError } from '@millrace/protocol';
import type { MarketEvent } from './decode-events.ts';

type Name = MarketEvent['eventName'];
type ArgumentsOf<name extends Name> = Extract<MarketEvent, { eventName: name }>['args'];

/** What an operation's event says: the first of its name, as it comes before any callback. */
export function findEvent<const name extends Name>(
  events: readonly MarketEvent[],
  name: name,
): ArgumentsOf<name> {
  const found: { args: unknown } | undefined = events.find(({ eventName }) => eventName === name);
  if (found === undefined) throw new UnexpectedError(`The transaction has no event ${name}.`);
  return found.args as ArgumentsOf<name>;
}
