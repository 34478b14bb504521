/** How much unpaid work a node risks. Base units. */
export type Exposure = {
  /** Work done and not covered by a voucher. */
  readonly unpaid: bigint;
  /** What may be added before the cap is passed. */
  readonly room: bigint;
  /** The node must stop: more is unpaid than it wants to risk. */
  readonly isExceeded: boolean;
};

/**
 * Where a node stands. A voucher covers at most the deposit: what it says beyond is not money yet.
 *
 * @param worked what all work since the channel began comes to, rounded down
 * @param signed total of the best voucher
 * @param deposit all that was ever deposited
 * @param cap how much unpaid work the node risks
 */
export function computeExposure({
  worked,
  signed,
  deposit,
  cap,
}: {
  worked: bigint;
  signed: bigint;
  deposit: bigint;
  cap: bigint;
}): Exposure {
  const covered = signed < deposit ? signed : deposit;
  const unpaid = worked > covered ? worked - covered : 0n;
  const most = covered + cap;
  return { unpaid, room: most > worked ? most - worked : 0n, isExceeded: unpaid > cap };
}
