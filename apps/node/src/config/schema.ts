import { askSchema } from '@millrace/protocol/wire';
import { z } from 'zod';
import { REMEMBERED } from '../journal/forget.ts';

const {
  price,
  exposureCap,
  lanes,
  region,
  energy,
  hardware,
  limits,
  token,
  node: address,
  endpoint,
} = askSchema.shape;

const count = z.number().int().nonnegative();
const seconds = z.number().positive();

/** Ended jobs that are remembered, of one channel and of all. */
const rememberedSchema = (default_: { readonly ofChannel: number; readonly ofAll: number }) =>
  z
    .strictObject({
      ofChannel: count.min(1).default(default_.ofChannel),
      ofAll: count.min(1).default(default_.ofAll),
    })
    .prefault({});

const signerSchema = z.union([
  /** Name of the environment variable that holds the private key. */
  z.strictObject({ keyEnv: z.string().min(1) }),
  /** A file with the private key in hexadecimal, which nobody else can read. */
  z.strictObject({ keyFile: z.string().min(1) }),
]);

/** Watts of a slot that works, and the carbon of a kilowatt-hour, grams: of the grid, and of what is bought. */
const powerSchema = z.strictObject({
  wattsPerSlot: z.number().nonnegative().default(12),
  gramsLocation: z.number().nonnegative().default(400),
  gramsMarket: z.number().nonnegative().default(400),
});

/** What an operator says about a node. Amounts are base units of the token, as decimal strings. */
export const nodeConfigSchema = z.strictObject({
  /** Where the node keeps everything. Relative to the file. */
  folder: z.string().min(1),
  log: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  signer: signerSchema,
  chain: z.strictObject({
    rpc: z.array(z.url()).min(1),
    chainId: count,
    pollSeconds: seconds.default(2),
    /** Blocks that a deposit must be under before it counts; 1 is the newest. */
    confirmations: count.min(1).default(1),
    timeoutSeconds: seconds.default(10),
  }),
  contracts: z.strictObject({
    nodeRegistry: address,
    channels: address,
    jobMarket: address,
    receipts: address,
  }),
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: count.max(65_535).default(0) })
    .prefault({}),
  /** How others reach it. Default: where it listens. */
  endpoint: endpoint.optional(),
  /** Says so on chain when it starts, if the chain says otherwise. Costs gas. */
  register: z.boolean().default(false),
  token,
  price,
  exposureCap,
  lanes: lanes.default(16),
  region: region.default(''),
  energy: energy.default(''),
  hardware,
  power: powerSchema.prefault({}),
  /** Jobs that run at once. Default: one for each core. */
  slots: count.min(1).max(1_024).optional(),
  /** Which runtimes are used, of those that work here. Containers share the kernel with the machine: only by wish. */
  runtimes: z.array(z.enum(['wasm', 'onnx', 'container'])).default(['wasm', 'onnx']),
  limits,
  queue: z.strictObject({ jobs: count.default(4_096), jobsPerChannel: count.default(2_048) }).prefault({}),
  /** A job that stands still because nobody pays gives its slot to others who wait after this, seconds. */
  unpaidSeconds: seconds.default(10),
  /** How often long work is saved, seconds; 0 for never. */
  snapshotSeconds: z.number().nonnegative().default(10),
  http: z
    .strictObject({
      requestsPerSecond: seconds.default(200),
      connections: count.default(2_048),
      streamsPerAddress: count.default(256),
      /** Bytes that one upload may have, and all of them together. */
      uploadBytes: count.default(256 * 2 ** 20),
      /** What one address may upload in an hour that no job uses: what jobs are made of counts as nothing. */
      uploadBytesPerHour: count.min(1).default(2 * 2 ** 30),
      contentBytes: count.default(8 * 2 ** 30),
    })
    .prefault({}),
  redeem: z
    .strictObject({
      /** The longest that a voucher waits. */
      everySeconds: seconds.default(600),
      /** Together more than this is redeemed at once. */
      above: exposureCap.optional(),
    })
    .prefault({}),
  /** What is told of jobs that have ended: with their results, and for longer their receipts. */
  remember: z
    .strictObject({
      results: rememberedSchema(REMEMBERED.results),
      receipts: rememberedSchema(REMEMBERED.receipts),
      /** Days after the last job of a channel that is closed and collected, until nothing of it is told any more. */
      closedDays: z.number().nonnegative().default(7),
    })
    .prefault({}),
  quoteSeconds: seconds.default(600),
  /** Where asks come from. Without `listen` and `bootstrap` libp2p is not loaded: then only `urls` of other nodes are asked. */
  gossip: z
    .strictObject({
      /** Multiaddrs, such as `/ip4/0.0.0.0/tcp/7001`. */
      listen: z.array(z.string()).default([]),
      announce: z.array(z.string()).default([]),
      bootstrap: z.array(z.string()).default([]),
      urls: z.array(endpoint).default([]),
      everySeconds: seconds.default(15),
    })
    .prefault({}),
});

/** A configuration with every default filled in. */
export type NodeConfig = z.output<typeof nodeConfigSchema>;
/** A configuration as a file may say it. */
export type NodeConfigInput = z.input<typeof nodeConfigSchema>;
