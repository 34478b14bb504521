import type { IsSigned, SigningDomain } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { Journal } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/records.ts';
import { Channel } from './channel.ts';

/** The channels of a node. */
export class Books {
  private readonly channels = new Map<Hex, Channel>();
  private readonly journal: Journal;
  private readonly domain: SigningDomain;
  private readonly isSigned: IsSigned;

  constructor(journal: Journal, domain: SigningDomain, isSigned: IsSigned) {
    this.journal = journal;
    this.domain = domain;
    this.isSigned = isSigned;
    for (const id of journal.state.channels.keys()) this.open(id);
  }

  get(id: Hex): Channel | undefined {
    return this.channels.get(id);
  }

  all(): Iterable<Channel> {
    return this.channels.values();
  }

  /** Writes facts of a channel down, and opens it if it is new. */
  async write(id: Hex, ...records: JournalRecord[]): Promise<Channel> {
    await this.journal.append(...records);
    return this.channels.get(id) ?? this.open(id);
  }

  /** Of a channel that is over: with its jobs. */
  async forget(id: Hex): Promise<void> {
    await this.journal.append({ t: 'forget', channel: id });
    this.channels.delete(id);
  }

  private open(id: Hex): Channel {
    const durable = this.journal.state.channels.get(id);
    if (durable === undefined) throw new TypeError(`No channel ${id} is in the journal.`);
    const channel = new Channel(durable, this.domain, this.isSigned);
    this.channels.set(id, channel);
    return channel;
  }
}
