import type { SignedAsk } from '@millrace/protocol/wire';
import type { AskExchange, AskExchangeOptions } from './ask-exchange.ts';
import { AskJudge } from './ask-judge.ts';
import { handIn, pullAsks } from './pull-asks.ts';

export type AskBookOptions = AskExchangeOptions & {
  /** Endpoints of nodes that take part in gossip, or of others such as this, without a slash at the end. */
  readonly urls: readonly string[];
};

/**
 * Exchanges asks over HTTP alone, for a node that others cannot reach otherwise, and without the memory that libp2p takes:
 * reads what the nodes at `urls` know, and hands its own ask in there. What is read goes through the same checks.
 */
export function openAskBook(options: AskBookOptions): AskExchange {
  const { urls, publish, everySeconds = 15 } = options;
  const judge = new AskJudge(options);
  const closing = new AbortController();
  let peers = 0;
  let timer: NodeJS.Timeout | undefined;

  const visit = async (url: string, own: SignedAsk | undefined): Promise<boolean> => {
    if (own) await handIn(url, own, closing.signal).catch(() => {});
    return pullAsks(url, judge, closing.signal);
  };
  const round = async (): Promise<void> => {
    const own = publish();
    judge.self = own?.body.node ?? judge.self;
    const answers = await Promise.all(urls.map((url) => visit(url, own)));
    peers = answers.filter((hasAnswered) => hasAnswered).length;
    if (!closing.signal.aborted) timer = setTimeout(begin, everySeconds * 1_000).unref();
  };
  let running = Promise.resolve();
  const begin = () => {
    running = round();
  };
  begin();

  return {
    asks: () => judge.asks(),
    peers: () => peers,
    addresses: () => [],
    offer: (message, source) => judge.judge(message, source),
    close: async () => {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
