/** What a keeper says of one pass: how many transactions it handed in, and what is worth showing. */
export type KeeperPass = { sent: number; says: string };

/** A keeper that makes one pass when told to. */
export type Keeper = {
  pass: () => Promise<KeeperPass>;
  stop: () => Promise<void>;
};
