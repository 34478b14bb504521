import { formatMoney, formatTokens } from '@millrace/protocol';
import type { JobResult, RentJob } from '@millrace/sdk/rent';
import { digitsJob, readDigits, sampleDigits } from '@millrace/workload-digits';
import {
  loadHistory,
  mergeRisk,
  type RiskPlan,
  readShare,
  riskJob,
  splitRisk,
} from '@millrace/workload-risk';

/** Jobs that belong together, and what their results come to in words. */
export type Work = {
  /** What is worked on, in a word or two. */
  readonly label: string;
  readonly jobs: readonly RentJob[];
  /** @param who did it, by name */
  readonly tell: (results: readonly JobResult[], who: string) => string;
};

/** Work that does not end. */
export type WorkSupply = {
  /** Handwritten digits for a machine of one region. */
  digits: (region: string) => Promise<Work>;
  /** What a hundred ether may lose in a day, in a piece for a machine of each region. @param price 8 decimals */
  risk: (price: bigint, regions: readonly string[]) => Promise<Work>;
};

/** A tenth of a dollar: far more than any of these jobs costs. */
const PRICE_CAP = 100_000n;
const DIGITS_EACH = 50;
const ETHER = 100n;
const CENTS = 10n ** 6n;
const DAY_HOURS = 24;
const BLOCK_HOURS = 6;
const PATHS = 30_000;

/** Loads what jobs are made of. */
export async function openWork(): Promise<WorkSupply> {
  const [samples, history] = await Promise.all([sampleDigits(), loadHistory('eth-usd-hourly')]);
  let round = 0;
  return {
    digits: async (region) => {
      const first = (round++ * DIGITS_EACH) % samples.length;
      const batch = samples.slice(first, first + DIGITS_EACH);
      const { limits, ...job } = await digitsJob(batch.map(({ image }) => image));
      const label = `${batch.length} digits`;
      return {
        label,
        jobs: [{ ...job, ...limits, label, needs: { priceCap: PRICE_CAP, regions: [region] } }],
        tell: ([result], who) => {
          const { labels } = readDigits(result?.bytes ?? new Uint8Array());
          const right = batch.filter(({ label: meant }, k) => labels[k] === meant).length;
          return `${who}: ${right} of ${label} right, ${costOf(result ? [result] : [])}`;
        },
      };
    },
    risk: async (price, regions) => {
      const positions = { ETH: (ETHER * price) / CENTS };
      const seed = BigInt(round++);
      const plan: RiskPlan = { history, positions, steps: DAY_HOURS, block: BLOCK_HOURS, paths: PATHS, seed };
      const jobs = splitRisk(PATHS, regions.length).map(async (piece, k): Promise<RentJob> => {
        const { limits, ...job } = await riskJob(plan, piece);
        const needs = { priceCap: PRICE_CAP, regions: regions.slice(k, k + 1) };
        return { ...job, ...limits, label: 'risk', needs };
      });
      return {
        label: 'value at risk',
        jobs: await Promise.all(jobs),
        tell: (results, who) => {
          const { var99 } = mergeRisk(
            PATHS,
            results.map(({ bytes }) => readShare(bytes)),
          );
          const loss = formatMoney(var99, 2, 'debt', '$');
          return `${who}: ${ETHER} ETH risk ${loss} a day, ${costOf(results)}`;
        },
      };
    },
  };
}

function costOf(results: readonly JobResult[]): string {
  const cost = results.reduce((sum, each) => sum + each.cost, 0n);
  return formatTokens(cost, 6, 'debt', 'USDC');
}
