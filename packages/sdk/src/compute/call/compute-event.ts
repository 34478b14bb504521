import { UnexpectedError } from '@millrace/protocol';

type Told = { readonly eventName: string; readonly args: unknown };
type ArgumentsOf<event extends Told, name> = Extract<event, { eventName: name }>['args'];

/** What the first event of a name says. */
export function computeEvent<event extends Told, const name extends event['eventName']>(
  events: readonly event[],
  name: name,
): ArgumentsOf<event, name> {
  const found = events.find(({ eventName }) => eventName === name);
  if (found === undefined) throw new UnexpectedError(`The transaction has no event ${name}.`);
  return found.args as ArgumentsOf<event, name>;
}
