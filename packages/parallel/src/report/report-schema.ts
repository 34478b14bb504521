import { z } from 'zod';
import { RULE_NAMES, type RuleName } from '../schedule/rules.ts';

const source = z.strictObject({
  name: z.enum([
    'trace_replayBlockTransactions',
    'debug_traceBlockByNumber',
    'debug_traceTransaction',
    'eth_getBlockAccessList',
    'eth_createAccessList',
  ]),
  unseen: z.array(z.string()).readonly().describe('what the source cannot see, a sentence each'),
});

const simulation = z.strictObject({
  rule: z.enum(RULE_NAMES as [RuleName, ...RuleName[]]),
  cores: z.int().positive(),
  speedup: z.number().describe('gas of the block over makespan'),
  makespan: z.number().describe('gas until the last transaction is done'),
  reruns: z.int().describe('executions that were thrown away'),
});

const named = z.strictObject({ keys: z.int(), ofKeys: z.int() });

const hotVariable = z.strictObject({
  variable: z.string(),
  isNamed: z.boolean(),
  slots: z.int().describe('slots of it at which somebody waits'),
  waiting: z.int().describe('transactions that wait at one of them'),
  written: z.int().describe('transactions that write one of them'),
  worst: z.strictObject({ slot: z.string(), waiting: z.int(), written: z.int() }),
  speedupWithout: z.number().nullable().describe('bound if nobody met at this variable'),
});

const pathStep = z.strictObject({
  index: z.int(),
  hash: z.string(),
  gas: z.number(),
  waitedFor: z.strictObject({ index: z.int(), at: z.array(z.string()).readonly() }).nullable(),
});

const falseSharing = z.strictObject({
  slot: z.string(),
  variable: z.string(),
  parts: z.array(z.strictObject({ label: z.string(), writers: z.int() })).readonly(),
  pairs: z.int(),
});

/** What {@link BlockReport} looks like, for whoever reads the JSON: `z.toJSONSchema(blockReportSchema)`. */
export const blockReportSchema = z.strictObject({
  version: z.literal(1),
  block: z.strictObject({
    number: z.string().describe('decimal'),
    hash: z.string(),
    timestamp: z.int().describe('seconds since 1970'),
    transactions: z.int(),
    gas: z.number(),
  }),
  source,
  bound: z.number().describe('the most that any scheduler reaches with any number of cores'),
  criticalPath: z.strictObject({ gas: z.number(), steps: z.array(pathStep).readonly() }),
  waiting: z.int().describe('transactions that wait for somebody'),
  simulations: z.array(simulation).readonly(),
  variables: z.array(hotVariable).readonly().describe('the worst first'),
  falseSharing: z.array(falseSharing).readonly(),
  environment: z
    .array(
      z.strictObject({
        field: z.enum([
          'TIMESTAMP',
          'NUMBER',
          'COINBASE',
          'PREVRANDAO',
          'GASLIMIT',
          'BASEFEE',
          'BLOBBASEFEE',
          'BLOCKHASH',
          'BLOBHASH',
        ]),
        transactions: z.int(),
      }),
    )
    .readonly(),
  named,
});

/** What {@link RangeReport} looks like. */
export const rangeReportSchema = z.strictObject({
  version: z.literal(1),
  source,
  isPartial: z.boolean().describe('whether somebody stopped it before the last block'),
  blocks: z
    .array(
      z.strictObject({
        number: z.string().describe('decimal'),
        transactions: z.int(),
        gas: z.number(),
        bound: z.number(),
        waiting: z.int(),
        worst: z.string().nullable().describe('the variable at which most wait'),
      }),
    )
    .readonly(),
  transactions: z.int(),
  gas: z.number(),
  bound: z.number(),
  waiting: z.int(),
  simulations: z.array(simulation).readonly(),
  variables: z
    .array(
      z.strictObject({
        variable: z.string(),
        isNamed: z.boolean(),
        waiting: z.int(),
        written: z.int(),
        blocks: z.int(),
      }),
    )
    .readonly(),
  named,
});
