import { type MillraceError, toMillraceError } from '@millrace/protocol';
import { type ChannelEvent, RefusalError, signWire } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';
import { wait } from './wait.ts';

export type FollowerParameters = {
  readonly host: RentHost;
  readonly api: NodeApi;
  readonly channel: Hex;
  readonly signal: AbortSignal;
  /** The number of the next event. */
  readonly next: () => number;
  /** Whether somebody waits for this node. */
  readonly isAwaited: () => boolean;
  /** Throws what ends the channel for good. */
  readonly onEvent: (event: ChannelEvent) => void | Promise<void>;
  readonly announce: () => Promise<void>;
  /** The stream is open again after it had broken. */
  readonly onBack: () => void;
  /** Nothing was heard for longer than the grace. */
  readonly onLost: (error: MillraceError) => void;
  /** What cannot be mended: the node contradicts itself. */
  readonly onOver: (error: MillraceError) => void;
};

/** Follows the events of a channel through broken connections, until the signal is aborted. */
export async function follow(parameters: FollowerParameters): Promise<void> {
  const { host, api, channel, signal, next, isAwaited, onEvent, announce, onBack, onLost, onOver } =
    parameters;
  const { graceMilliseconds, stallMilliseconds } = host.timing;
  let heardAt = Date.now();
  let awaitedSince = Date.now();
  let [pause, isBroken] = [100, false];
  let current: AbortController | undefined;
  let lastError: MillraceError | undefined;

  const silence = (): number => Date.now() - Math.max(heardAt, awaitedSince);
  const watch = setInterval(
    () => {
      if (!isAwaited()) awaitedSince = Date.now();
      else if (silence() > graceMilliseconds) {
        const details = { endpoint: api.endpoint, silentMilliseconds: silence() };
        const words = `${api.endpoint} has said nothing for ${Math.round(silence() / 1_000)} s.`;
        onLost(new RentError('RENT_NODE_VANISHED', words, details, lastError));
      } else if (silence() > stallMilliseconds) current?.abort(stalled(api.endpoint));
    },
    Math.max(20, Math.min(500, stallMilliseconds / 4)),
  );

  try {
    while (!signal.aborted) {
      current = new AbortController();
      const both = AbortSignal.any([signal, current.signal]);
      try {
        const at = BigInt(Math.floor(Date.now() / 1_000));
        const request = signWire('read', { channel, from: next(), at }, host.session);
        const events = api.channelEvents(channel, request, both, () => {
          heardAt = Date.now();
          pause = 100;
          if (isBroken) onBack();
          isBroken = false;
        });
        for await (const event of events) await onEvent(event);
        // A node that ends the stream in peace is asked again.
      } catch (cause) {
        if (signal.aborted) return;
        const error = toMillraceError(cause);
        lastError = error;
        if (isFinal(error)) return onOver(error);
        if (error instanceof RefusalError) await mend(error, announce).catch(() => undefined);
      }
      isBroken = true;
      await wait(pause, signal);
      pause = Math.min(2_000, pause * 2);
    }
  } finally {
    clearInterval(watch);
  }
}

async function mend(error: RefusalError, announce: () => Promise<void>): Promise<void> {
  if (error.code === 'CHANNEL_UNKNOWN' || error.code === 'REQUEST_NOT_SIGNED') await announce();
}

function isFinal(error: MillraceError): boolean {
  return error.code === 'RENT_NODE_DISHONEST' || error.code === 'RENT_ANSWER_INVALID';
}

function stalled(endpoint: string): RentError {
  return new RentError('RENT_NODE_STALLED', `${endpoint} keeps its connection open and says nothing.`, {
    endpoint,
  });
}
