/** Something the keeper did: its kind and what it acted upon. */
export type KeeperAction = { kind: string; subject: string; note?: Readonly<Record<string, string>> };

/** What a keeper says of one pass. */
export type KeeperPass = {
  /** Whether everything got through. */
  good: boolean;
  sent: readonly KeeperAction[];
  /** Transactions whose end it does not know yet. */
  openIntents: number;
};

/** A keeper that makes one pass when told to. */
export type Keeper = {
  pid: number | undefined;
  pass: () => Promise<KeeperPass>;
  stop: () => Promise<void>;
};
