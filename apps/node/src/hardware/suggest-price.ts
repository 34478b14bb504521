import { perFuelWadOf, type WorkPrice } from '@millrace/protocol/compute';
import type { Hardware } from '@millrace/protocol/wire';

/**
 * A price from what a slot shall earn in an hour of work, at least. Only fuel is paid: a machine that is slower than it was
 * measured costs its operator, not its customers.
 *
 * @param hourly base units of the token for an hour of one slot
 * @param perJob base units for each job, for what begins and ends it. Default: 0.
 * @throws {@link ComputeError} `PRICE_INVALID` when the price is negative, or the machine was not measured.
 */
export function suggestPrice({
  hourly,
  fuelPerSecond,
  perJob = 0n,
}: {
  hourly: bigint;
  fuelPerSecond: Hardware['fuelPerSecond'];
  perJob?: bigint | undefined;
}): WorkPrice {
  // A unit of fuel costs the same in both profiles: the one that spends it more slowly has to earn enough.
  const { integer, float } = fuelPerSecond;
  const [slower] = integer < float ? [integer] : [float];
  return { perFuelWad: perFuelWadOf(hourly, slower), perSecondWad: 0n, perJob };
}
