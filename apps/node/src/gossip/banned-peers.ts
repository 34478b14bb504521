/** Peers that sent what nobody honest sends; kept out for a while. */
export class BannedPeers {
  private readonly offences = new Map<string, { count: number; until: number }>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Notes an offence; `true` with the one that is too much. */
  note(peer: string): boolean {
    const last = this.offences.get(peer);
    const count = (last && last.until > this.now() ? last.count : 0) + 1;
    this.offences.delete(peer);
    this.offences.set(peer, { count, until: this.now() + MILLISECONDS });
    const [oldest] = this.offences.keys();
    if (oldest !== undefined && this.offences.size > REMEMBERED) this.offences.delete(oldest);
    return count === TOO_MANY;
  }

  isBanned(peer: string): boolean {
    const last = this.offences.get(peer);
    return last !== undefined && last.count >= TOO_MANY && last.until > this.now();
  }
}

/** As many as Gossipsub listens to for certain: of more it may hear nothing, and the connection would never end. */
const TOO_MANY = 3;
const MILLISECONDS = 600_000;
const REMEMBERED = 4_096;
