import { encodeAbiParameters, type Hex, isAddress, parseAbiParameters } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { keccak256 } from '../hash/keccak.ts';
import { FieldReader } from '../spec/field-reader.ts';
import type { Receipt } from './receipt.ts';

const PARAMETERS = parseAbiParameters([
  'uint8 version, Receipt receipt',
  'struct Receipt { address node; uint64 sequence; bytes32 previous; bytes32 job; string module; string[] inputs; string result; string outcome; uint64 fuel; bytes32 checkpoints; uint64 endedAt; uint64 microseconds; uint64 microwattHours; uint64 microgramsLocation; uint64 microgramsMarket; }',
]);
const VERSION = 1;
const MOST_INPUTS = 1_024;
const UINT64 = 2n ** 64n - 1n;

const FIELDS = [
  'node',
  'sequence',
  'previous',
  'job',
  'module',
  'inputs',
  'result',
  'outcome',
  'fuel',
  'checkpoints',
  'endedAt',
  'microseconds',
  'microwattHours',
  'microgramsLocation',
  'microgramsMarket',
] as const;

/**
 * Reads a receipt from JSON or from an object; amounts may be decimal strings.
 *
 * @throws {@link ComputeError} `RECEIPT_INVALID`, whose details list every problem.
 */
export function parseReceipt(value: unknown): Receipt {
  const reader = new FieldReader(value, FIELDS);
  const { node, result, outcome } = (value ?? {}) as Record<string, unknown>;
  const amount = (name: string) => reader.integer(name, { most: UINT64 });
  const receipt: Receipt = {
    node: node as Receipt['node'],
    sequence: amount('sequence'),
    previous: reader.word('previous'),
    job: reader.word('job'),
    module: reader.cid('module'),
    inputs: reader.cids('inputs', MOST_INPUTS),
    result: result === '' ? '' : reader.cid('result'),
    outcome: outcome as string,
    fuel: amount('fuel'),
    checkpoints: reader.word('checkpoints'),
    endedAt: amount('endedAt'),
    microseconds: amount('microseconds'),
    microwattHours: amount('microwattHours'),
    microgramsLocation: amount('microgramsLocation'),
    microgramsMarket: amount('microgramsMarket'),
  };
  const problems = [...reader.problems];
  if (typeof node !== 'string' || !isAddress(node, { strict: false })) problems.push('node is no address');
  if (typeof outcome !== 'string' || !/^[A-Z][A-Z0-9_]{0,63}$/.test(outcome)) {
    problems.push('outcome is no name of 1 to 64 capitals, digits and underscores');
  }
  if (problems.length === 0) return receipt;
  throw new ComputeError('RECEIPT_INVALID', `This is no receipt: ${problems.join('; ')}.`, { problems });
}

/**
 * The canonical bytes of a receipt: version and fields as the ABI encodes them. Equal receipts have equal bytes.
 *
 * @throws {@link ComputeError} `RECEIPT_INVALID`
 */
export function encodeReceipt(receipt: Receipt): Hex {
  return encodeAbiParameters(PARAMETERS, [VERSION, parseReceipt(receipt)]);
}

/**
 * keccak256 of the canonical bytes: what the next receipt names, the node signs, and `Receipts.includes` takes.
 *
 * @throws {@link ComputeError} `RECEIPT_INVALID`
 */
export function hashReceipt(receipt: Receipt): Hex {
  return keccak256(encodeReceipt(receipt));
}
