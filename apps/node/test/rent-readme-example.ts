import type { SdkClient } from '@millrace/sdk';
import { createRenter, JobError, type RentContracts, RentError } from '@millrace/sdk/rent';
import type { Hex } from 'viem';

/** Runs one module over many inputs on whatever nodes there are, and returns the results in order. */
export async function runEverywhere(options: {
  client: SdkClient;
  contracts: RentContracts;
  token: Hex;
  module: Uint8Array;
  inputs: Uint8Array[];
}) {
  const { client, contracts, token, module, inputs } = options;
  const renter = await createRenter({ client, contracts, token });
  const needs = { priceCap: 10_000n, latencyMilliseconds: 500 };
  const jobs = inputs.map((input) => ({ module, inputs: [input], fuel: 1_000_000_000n, needs }));
  const many = renter.runMany(jobs, { nodes: 3, timeoutMilliseconds: 60_000 });
  for await (const { index, result, error } of many) {
    if (result) console.log(index, `${result.cost} base units, by ${result.node}`);
    else if (error instanceof JobError) console.log(index, 'failed by its own doing:', error.code);
    else if (error instanceof RentError) console.log(index, 'could not be rented:', error.code);
  }
  const ends = await many.done;
  await renter.close();
  return ends.map(({ result }) => result?.bytes);
}
