import { isAddress } from 'viem';
import { z } from 'zod';

const address = z.custom<`0x${string}`>(
  (value) => typeof value === 'string' && isAddress(value, { strict: false }),
  'is no address',
);
const amount = z.string().regex(/^\d+$/, 'is no whole number').transform(BigInt);

const tokenSchema = z.strictObject({
  address,
  name: z.string(),
  symbol: z.string(),
  decimals: z.int().min(0).max(255),
});

const oracleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feeds'),
    address,
    /** One or two mock feeds, `decimals` 8, and the sources that read them. */
    feeds: z
      .array(z.strictObject({ aggregator: address, source: address }))
      .min(1)
      .max(2),
    heartbeatSeconds: z.int(),
  }),
  z.strictObject({ kind: z.literal('mock'), address }),
  z.strictObject({ kind: z.literal('given'), address }),
]);

const collateralSchema = z.strictObject({
  token: tokenSchema,
  oracle: oracleSchema,
  borrowLtvBps: z.int(),
  liquidationLtvBps: z.int(),
  maxBonusBps: z.int(),
  cap: amount,
});

const marketSchema = z.strictObject({
  address,
  name: z.string(),
  symbol: z.string(),
  asset: tokenSchema,
  collaterals: z.array(collateralSchema).min(1).max(8),
  stripes: z.int(),
  rateModel: address,
  createdAtBlock: amount,
});

const computeSchema = z.strictObject({
  /** What nodes are paid in and stake. */
  token: tokenSchema,
  nodeRegistry: address,
  bond: address,
  channels: address,
  jobMarket: address,
  receipts: address,
});

/** What a deployment file holds. Amounts and block numbers are decimal strings in the file. */
export const deploymentSchema = z.strictObject({
  version: z.literal(1),
  chainId: z.int(),
  codeStore: address,
  tillFactory: address,
  marketFactory: address,
  lens: address,
  kinkRate: address,
  adaptiveRate: address,
  deployedAtBlock: amount,
  markets: z.array(marketSchema),
  compute: computeSchema.optional(),
});

/** A token as its contract describes itself. */
export type DeployedToken = z.output<typeof tokenSchema>;
/** Where the price of a collateral comes from, and how a devnet can change it. */
export type DeployedOracle = z.output<typeof oracleSchema>;
export type DeployedCollateral = z.output<typeof collateralSchema>;
export type DeployedMarket = z.output<typeof marketSchema>;
/** Where the contracts of compute are. */
export type DeployedCompute = z.output<typeof computeSchema>;
/** Where everything of one chain is. */
export type Deployment = z.output<typeof deploymentSchema>;
