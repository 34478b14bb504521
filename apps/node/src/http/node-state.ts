import { type Ask, type NodeStatus, type SignedAsk, signAsk } from '@millrace/protocol/wire';
import { type Core, endpointOf } from '../core.ts';

/** How long an ask holds, seconds. */
const ASK_SECONDS = 60n;
const VERSION = '0.0.0';

/** What this node offers now, signed. */
export function askOf(core: Core): SignedAsk {
  const { config, session, runtimes } = core;
  const issuedAt = BigInt(Math.floor(Date.now() / 1_000));
  const ask: Ask = {
    version: 1,
    chainId: config.chain.chainId,
    channels: config.contracts.channels,
    jobs: config.contracts.jobMarket,
    node: core.account.address,
    endpoint: endpointOf(core),
    token: config.token,
    price: config.price,
    lanes: config.lanes,
    exposureCap: config.exposureCap,
    region: config.region,
    energy: config.energy,
    hardware: config.hardware,
    runtimes: [...runtimes.values()].map(({ runtime, tiers }) => ({ runtime, tiers: [...tiers] })),
    limits: config.limits,
    queue: core.scheduler.state(),
    issuedAt,
    expiry: issuedAt + ASK_SECONDS,
  };
  return signAsk(ask, session.key, session.certificate);
}

/** How the node is doing. */
export function statusOf(core: Core, peers: number): NodeStatus {
  const { done, failed } = core.journal.state;
  return {
    node: core.account.address,
    version: VERSION,
    state: core.mode.isDraining ? 'draining' : 'open',
    chainId: core.config.chain.chainId,
    endpoint: endpointOf(core),
    sessionKey: core.session.key.publicKey,
    startedAt: core.startedAt,
    queue: core.scheduler.state(),
    jobs: { done, failed },
    peers,
  };
}
