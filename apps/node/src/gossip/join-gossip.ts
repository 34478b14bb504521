import { TopicValidatorResult } from '@libp2p/gossipsub';
import type { AskExchange } from './ask-exchange.ts';
import { AskJudge } from './ask-judge.ts';
import { BannedPeers } from './banned-peers.ts';
import { openHost } from './host.ts';
import type { GossipOptions } from './open-ask-exchange.ts';
import { answerPeers } from './peer-exchange.ts';
import { Publisher } from './publisher.ts';
import { Connections, readBootstrap } from './stay-connected.ts';
import { askTopic } from './topic.ts';

const RESULTS = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
} as const;

/** `openAskExchange`, with all of libp2p. */
export async function joinGossip(options: GossipOptions): Promise<AskExchange> {
  const bootstrap = readBootstrap(options.bootstrap);
  const judge = new AskJudge(options);
  const banned = new BannedPeers(options.now);
  const topic = askTopic(options.domain);
  const host = await openHost(options, topic, banned);
  const { pubsub } = host.services;

  pubsub.topicValidators.set(topic, async (peer, { data }) => {
    const source = peer.toString();
    if (banned.isBanned(source)) return TopicValidatorResult.Ignore;
    const { verdict } = await judge.judge(data, source);
    if (verdict === 'reject' && banned.note(source)) void host.hangUp(peer).catch(() => {});
    return RESULTS[verdict];
  });
  await answerPeers(host);
  pubsub.subscribe(topic);

  const publisher = new Publisher(options.publish, options.everySeconds ?? 15, (message, ask) => {
    judge.self = ask.body.node;
    return pubsub.publish(topic, message);
  });
  pubsub.addEventListener('subscription-change', () => publisher.hurry());
  const connections = new Connections(host, bootstrap, options.wantedPeers ?? 6);
  connections.open();
  publisher.open();

  return {
    asks: () => judge.asks(),
    peers: () => host.getPeers().length,
    addresses: () => host.getMultiaddrs().map(String),
    offer: async (message, source) => {
      const verdict = await judge.judge(message, source);
      if (verdict.verdict === 'accept') await pubsub.publish(topic, message);
      return verdict;
    },
    close: async () => {
      publisher.close();
      connections.close();
      await host.stop();
    },
  };
}
