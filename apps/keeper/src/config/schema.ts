import { getAddress, isAddress } from 'viem';
import { z } from 'zod';

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'is no address (0x and 40 hexadecimal digits)')
  .transform((text) => getAddress(text));

const url = z.url({ protocol: /^https?$/, error: 'is no http or https URL' });
const seconds = z.number().int().positive();
const bps = z.number().int().min(0).max(10_000);
const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of an environment variable');
const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'is no decimal number in quotes, such as "12.5"');
const signedDecimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'is no decimal number in quotes, such as "-0.5"');

const signer = z.union(
  [
    z.strictObject({ keystore: z.string().min(1), passwordEnv: environmentName }),
    z.strictObject({ keyEnv: environmentName }),
  ],
  { error: 'is neither {"keystore", "passwordEnv"} nor {"keyEnv"}; a key itself never belongs here' },
);

const chain = z.strictObject({
  rpc: z.array(url).min(1),
  chainId: z.number().int().positive(),
  confirmations: z.number().int().min(1).max(1_000).default(1),
  reorgDepth: z.number().int().min(0).max(10_000).default(16),
  pollSeconds: z.number().positive().default(2),
  timeoutSeconds: z.number().positive().default(10),
  logRange: z.number().int().positive().default(2_000),
  positionsPerCall: z.number().int().positive().max(1_000).default(50),
});

const fees = z
  .strictObject({
    maxFeeGwei: decimal.default('500'),
    replaceAfterSeconds: seconds.default(60),
    gasMarginPercent: z.number().int().min(0).max(400).default(30),
  })
  .prefault({});

const checkpoints = z
  .strictObject({
    forceAfterSeconds: seconds.default(3_600),
    minProfit: signedDecimal.default('0'),
  })
  .prefault({});

const liquidations = z
  .strictObject({
    minProfit: signedDecimal.default('0'),
    haircutBps: bps.default(0),
    nearHealth: z.number().min(1).max(10).default(1.1),
    refreshSeconds: seconds.default(300),
    maxPerBlock: z.number().int().positive().default(16),
  })
  .prefault({});

const rebalancing = z.strictObject({
  dryBelowBps: bps.default(500),
  minMean: decimal.default('1'),
  cooldownSeconds: seconds.default(300),
  activeSeconds: seconds.default(3_600),
});

const watch = z.strictObject({
  address,
  label: z.string().min(1).optional(),
  thresholds: z.array(z.number().min(1).max(100)).min(1).default([1.5, 1.2, 1.05]),
});

const marketAlerts = z
  .strictObject({
    utilisationPercent: z.number().positive().max(100).default(95),
    paused: z.boolean().default(true),
    badDebt: z.boolean().default(true),
    oracle: z.boolean().default(true),
  })
  .prefault({});

const duty = <T extends z.ZodType>(rules: T) => z.union([z.literal(false), rules]);

const gasPrice = z.union(
  [
    z.strictObject({ collateral: z.number().int().min(0).max(7) }),
    z.strictObject({ assetPerNative: decimal }),
  ],
  { error: 'is neither {"collateral": index} nor {"assetPerNative": "3000"}' },
);

const market = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._/-]{1,40}$/, 'is no short name'),
  address,
  fromBlock: z.number().int().min(0),
  /** How gas is weighed against the loan asset. Without it gas counts as free. */
  gas: gasPrice.optional(),
  checkpoints: duty(checkpoints).prefault({}),
  liquidations: duty(liquidations).prefault({}),
  rebalancing: duty(rebalancing).default(false),
  watch: z.array(watch).default([]),
  alerts: duty(marketAlerts).prefault({}),
});

const source = z.union(
  [
    z.strictObject({ file: z.string().min(1), field: z.string().default('price') }),
    z.strictObject({ url, field: z.string().default('price') }),
  ],
  { error: 'is neither {"file"} nor {"url"}' },
);

const price = z.strictObject({
  name: z.string().min(1).max(40),
  feed: address,
  source,
  deviationBps: bps.default(50),
  heartbeatSeconds: seconds.default(3_600),
  maxJumpBps: z.number().int().min(0).default(0),
});

const webhook = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'is no short name of lower-case letters, digits and -'),
  url,
  secretEnv: environmentName,
  timeoutSeconds: z.number().positive().default(10),
  maxBackoffSeconds: z.number().positive().default(300),
});

const alerts = z
  .strictObject({
    console: z.boolean().default(true),
    webhooks: z.array(webhook).default([]),
    hysteresisPercent: z.number().min(0).max(50).default(2),
  })
  .prefault({});

const metrics = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(9464),
});

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, k) => names.indexOf(name) !== k);
}

/** What a keeper is told, with defaults filled in. See docs/operate/keeper.md for each field. */
export const configSchema = z
  .strictObject({
    chain,
    lens: address,
    journal: z.string().min(1),
    signer,
    fees,
    markets: z.array(market).default([]),
    prices: z.array(price).default([]),
    alerts,
    metrics: duty(metrics).prefault({}),
    log: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  })
  .superRefine((config, context) => {
    const named: [string, readonly string[]][] = [
      ['markets', config.markets.map(({ name }) => name)],
      ['markets', config.markets.map((each) => each.address)],
      ['prices', config.prices.map(({ feed }) => feed)],
      ['alerts.webhooks', config.alerts.webhooks.map(({ name }) => name)],
    ];
    for (const [path, names] of named) {
      const twice = repeated(names);
      if (twice !== undefined) {
        context.addIssue({ code: 'custom', path: path.split('.'), message: `names ${twice} twice` });
      }
    }
  });

export type KeeperConfig = z.output<typeof configSchema>;
export type MarketSettings = KeeperConfig['markets'][number];
export type PriceSettings = KeeperConfig['prices'][number];
export type WebhookSettings = KeeperConfig['alerts']['webhooks'][number];
