import { asQuantity, type Fields } from '../answer/fields.ts';
import type { BlockFrame, TransactionFrame } from '../answer/read-block-frame.ts';

/** What the sender paid besides the value: gas, blobs, and what a rollup takes for its data. */
export function feeOf(frame: TransactionFrame): bigint {
  const { gas, receipt } = frame;
  const blobs = quantity(receipt, 'blobGasUsed') * quantity(receipt, 'blobGasPrice');
  return BigInt(gas) * priceOf(frame) + blobs + quantity(receipt, 'l1Fee');
}

/** What the coinbase got of it. */
export function tipOf({ raw }: BlockFrame, frame: TransactionFrame): bigint {
  const tip = priceOf(frame) - quantity(raw, 'baseFeePerGas');
  return tip > 0n ? BigInt(frame.gas) * tip : 0n;
}

/** Old receipts do not tell the price; then it is the one of the transaction. */
function priceOf({ receipt, raw }: TransactionFrame): bigint {
  return asQuantity(receipt.effectiveGasPrice ?? raw.gasPrice, 'the price of gas');
}

function quantity(fields: Fields, name: string): bigint {
  const value = fields[name];
  return value === undefined || value === null ? 0n : asQuantity(value, name);
}
