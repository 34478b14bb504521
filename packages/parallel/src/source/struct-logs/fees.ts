import { asQuantity, type Fields } from '../answer/fields.ts';
import type { BlockFrame, TransactionFrame } from '../answer/read-block-frame.ts';

/** What the sender paid besides the value: gas, blobs, and what a rollup takes for its data. */
export function feeOf({ gas, receipt }: TransactionFrame): bigint {
  const blobs = quantity(receipt, 'blobGasUsed') * quantity(receipt, 'blobGasPrice');
  return BigInt(gas) * quantity(receipt, 'effectiveGasPrice') + blobs + quantity(receipt, 'l1Fee');
}

/** What the coinbase got of it. */
export function tipOf({ raw }: BlockFrame, { gas, receipt }: TransactionFrame): bigint {
  const tip = quantity(receipt, 'effectiveGasPrice') - quantity(raw, 'baseFeePerGas');
  return tip > 0n ? BigInt(gas) * tip : 0n;
}

function quantity(fields: Fields, name: string): bigint {
  const value = fields[name];
  return value === undefined || value === null ? 0n : asQuantity(value, name);
}
