/** What is known when a channel is opened or topped up. Amounts are base units. */
export type SuggestDepositParameters = {
  /** What one job comes to at its limits. */
  readonly mostDue: bigint;
  /** Jobs that this node is expected to get. */
  readonly jobs: number;
  /** Of this account, all together. */
  readonly balance: bigint;
  /** What the owner allows for one node. Default: the balance. */
  readonly most?: bigint | undefined;
  /** Less is not worth a transaction. Default: ten times `mostDue`. */
  readonly least?: bigint | undefined;
};

/**
 * How much to deposit: what the jobs come to at their limits and a quarter more, at least `least`, at most `most` and the
 * balance. Whatever is not used goes back when the channel is closed.
 *
 * @returns `undefined` when not even one job can be paid.
 */
export function suggestDeposit(parameters: SuggestDepositParameters): bigint | undefined {
  const { mostDue, jobs, balance, most = balance, least = mostDue * 10n } = parameters;
  const limit = [most, balance].reduce((a: bigint, b: bigint) => (a < b ? a : b));
  // A deposit of nothing opens no channel, even where work is free.
  if (limit < mostDue || limit <= 0n) return undefined;
  const wanted = (mostDue * BigInt(Math.max(1, Math.ceil(jobs))) * 5n) / 4n;
  const enough = [wanted, least, 1n].reduce((a, b) => (a > b ? a : b));
  return enough < limit ? enough : limit;
}
