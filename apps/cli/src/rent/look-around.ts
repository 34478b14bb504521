import { createRenter, type Renter } from '@millrace/sdk/rent';
import { createWalletClient, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { OpenCompute } from '../chain/open-compute.ts';
import type { Session } from '../session.ts';

/** A renter of nobody’s, who looks at offers and never pays: no key is needed to see what there is. */
export async function lookAround<T>(
  session: Session,
  { compute, url, deployment }: OpenCompute,
  nodes: readonly string[],
  look: (renter: Renter) => Promise<T>,
): Promise<T> {
  const account = privateKeyToAccount(generatePrivateKey());
  const transport = http(url, { timeout: session.settings.timeoutMilliseconds, retryCount: 1 });
  const renter = await createRenter({
    client: createWalletClient({ account, transport }),
    account,
    contracts: compute,
    token: compute.token.address,
    discovery: { nodes, fromBlock: deployment.deployedAtBlock },
  });
  try {
    return await look(renter);
  } finally {
    await renter.close();
  }
}
