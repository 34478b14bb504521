import type { DeployedToken } from '@millrace/devnet';
import { formatTokens } from '@millrace/protocol';
import type { RentEvent } from '@millrace/sdk/rent';
import { shortNode } from '../figures/offer-data.ts';

/** What happens to a job, a line for people; nothing for what they need not see. */
export function describeJobEvent(event: RentEvent, token: DeployedToken): string | undefined {
  const money = (amount: bigint) => formatTokens(amount, token.decimals, 'debt', token.symbol);
  switch (event.type) {
    case 'chosen':
      return `${shortNode(event.node)} at ${event.endpoint} is to do it, for ${money(event.mostDue)} at most`;
    case 'queued':
      return event.waitMilliseconds > 0
        ? `it waits, about ${Math.ceil(event.waitMilliseconds / 1_000)} s`
        : 'it was taken on';
    case 'started':
      return 'it runs';
    case 'progress':
      return `${(event.millionths / 10_000).toFixed(1)} %`;
    case 'log':
      return `│ ${event.text}`;
    case 'checkpoint':
      return `a checkpoint is here, after ${(Number(event.fuel) / 1e9).toFixed(2)} G fuel`;
    case 'paused':
      return 'it stands still until it is paid';
    case 'resumed':
      return 'it goes on';
    case 'paid':
      return `paid ${money(event.total)} in this channel so far`;
    case 'moved':
      return `${shortNode(event.from)}: ${event.error.shortMessage} Another node ${event.keepsBoth ? 'tries as well' : 'takes over'}.`;
    default:
      return undefined;
  }
}

/** The same for programs. Pieces of the result are left out: the end has it whole. */
export function jobEventData(id: string, event: RentEvent): Record<string, unknown> | undefined {
  if (event.type === 'output' || event.type === 'ended') return undefined;
  if (event.type === 'moved') return { job: id, ...event, error: event.error.toJSON() };
  return { job: id, ...event };
}
