import { isRevokedOnChain, isSignedOnChain } from '@millrace/sdk/compute';
import { isRegisteredAt } from './chain/is-registered.ts';
import type { Core } from './core.ts';
import type { AskExchange } from './gossip/ask-exchange.ts';
import { KnownNodes } from './gossip/known-nodes.ts';
import { openAskBook } from './gossip/open-ask-book.ts';
import { openAskExchange } from './gossip/open-ask-exchange.ts';
import { askOf } from './http/node-state.ts';

/** Tells the node’s asks, and hears those of others: by gossip where that is wanted, else over HTTP. */
export async function openAsks(core: Core): Promise<AskExchange> {
  const { listen, announce, bootstrap, urls, everySeconds } = core.config.gossip;
  const known = new KnownNodes(isRegisteredAt(core.client, core.config.contracts.nodeRegistry));
  const options = {
    isKnown: known.isKnown,
    domain: core.domains.nodes,
    isSigned: isSignedOnChain(core.client),
    isRevoked: isRevokedOnChain(core.client, core.config.contracts.nodeRegistry),
    publish: () => (core.mode.isDraining ? undefined : askOf(core)),
    everySeconds,
  };
  if (listen.length === 0 && bootstrap.length === 0)
    return closingWith(known, openAskBook({ ...options, urls }));
  const exchange = await openAskExchange({
    ...{ ...options, listen, bootstrap, sessionSecret: core.session.secret },
    ...(announce.length > 0 && { announce }),
  });
  core.log.info({ addresses: exchange.addresses() }, 'gossip');
  return closingWith(known, exchange);
}

function closingWith(known: KnownNodes, exchange: AskExchange): AskExchange {
  const close = async () => {
    known.close();
    await exchange.close();
  };
  return { ...exchange, close };
}
