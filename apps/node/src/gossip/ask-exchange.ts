import type { SignedAsk } from '@millrace/protocol/wire';
import type { AskJudgeOptions, Verdict } from './ask-judge.ts';

/** Where asks come from and go to. Whether by gossip or over HTTP, the same checks are made. */
export type AskExchange = {
  /** The newest ask of every other node that is known and holds now. */
  asks(): SignedAsk[];
  /** How many others it hears from. */
  peers(): number;
  /** Multiaddrs that others can be told; none without gossip. */
  addresses(): string[];
  /** An ask that came another way, by `POST /v1/asks` say, from `source`. When it is good, others are told. */
  offer(message: Uint8Array, source: string): Promise<Verdict>;
  close(): Promise<void>;
};

export type AskExchangeOptions = AskJudgeOptions & {
  /** The node’s own ask, as it is now; nothing while it takes no work. Must be signed anew each time. */
  readonly publish: () => SignedAsk | undefined;
  /** How often it is told. Default: 15. */
  readonly everySeconds?: number | undefined;
};
