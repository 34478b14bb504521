import { MillraceError, type MillraceErrorOptions } from '@millrace/protocol';

/** Gossip cannot begin (`GOSSIP_ADDRESS_INVALID`, `GOSSIP_LISTEN_FAILED`) or has too much to do (`GOSSIP_BUSY`). */
export class GossipError extends MillraceError {
  override readonly name = 'GossipError';

  constructor(shortMessage: string, options: Omit<MillraceErrorOptions, 'fault'>) {
    super(shortMessage, { fault: 'user', ...options });
  }
}
