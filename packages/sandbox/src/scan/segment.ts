/**
 * Instructions of which all run or none, but for a trap: paid for together, before the first. They need not stand
 * together: what follows a block that no branch leaves is paid for with what precedes it.
 */
export type Segment = {
  /** Where the charge is put, in bytes of the module. */
  readonly at: number;
  /** In fuel. */
  cost: number;
};
