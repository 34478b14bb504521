import { createHash } from 'node:crypto';
import type { GossipsubOpts } from '@libp2p/gossipsub';
import { MOST_ASK_BYTES } from '@millrace/protocol/wire';

/** One invalid message costs the gossip, two the own messages, three everything; forgotten after ten minutes. */
const INVALID_WEIGHT = -10;
const THRESHOLDS = { gossipThreshold: -10, publishThreshold: -40, graylistThreshold: -90 };
/** What remains of a count after each second, so that a hundredth is left after ten minutes. */
const DECAY = 0.01 ** (1 / 600);

/** How gossipsub is run: for one topic, whose messages are known by their content and carry their own signatures. */
export function gossipSettings(topic: string): Partial<GossipsubOpts> {
  return {
    // An ask is signed by its node: who passes it on does not matter, so whoever has it may tell it again.
    globalSignaturePolicy: 'StrictNoSign',
    msgIdFn: ({ data }) => createHash('sha256').update(data).digest().subarray(0, 20),
    allowedTopics: [topic],
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    fallbackToFloodsub: false,
    // A peer’s messages are checked one after the other: the rest of a flood waits in its own socket.
    awaitRpcHandler: true,
    awaitRpcMessageHandler: true,
    maxInboundStreams: 2,
    maxOutboundStreams: 2,
    maxInboundDataLength: 256 * MOST_ASK_BYTES,
    maxOutboundBufferSize: 512 * MOST_ASK_BYTES,
    maxTopicBytesPerPeer: 16 * 1_024,
    scoreThresholds: THRESHOLDS,
    scoreParams: {
      // Many nodes behind one address are a farm, or a test, as often as an attack.
      IPColocationFactorWeight: 0,
      topics: {
        [topic]: {
          topicWeight: 1,
          timeInMeshWeight: 0.01,
          timeInMeshQuantum: 1_000,
          timeInMeshCap: 300,
          firstMessageDeliveriesWeight: 0.05,
          firstMessageDeliveriesDecay: DECAY,
          firstMessageDeliveriesCap: 100,
          // How many messages there should be nobody knows: nodes come and go.
          meshMessageDeliveriesWeight: 0,
          meshMessageDeliveriesDecay: 0.5,
          meshMessageDeliveriesCap: 100,
          meshMessageDeliveriesThreshold: 1,
          meshMessageDeliveriesWindow: 10,
          meshMessageDeliveriesActivation: 5_000,
          meshFailurePenaltyWeight: 0,
          meshFailurePenaltyDecay: 0.5,
          invalidMessageDeliveriesWeight: INVALID_WEIGHT,
          invalidMessageDeliveriesDecay: DECAY,
        },
      },
    },
  };
}
