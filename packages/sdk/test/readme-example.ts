import { parseAmount } from '@millrace/protocol';
import { createWalletClient, type Hex, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { approve, getMarket, getPosition, quoteSupply, supply } from '../src/index.ts';

/** Lends 1,000 of whatever the market lends, and returns the position. */
export async function lendThousand(options: { rpc: string; key: Hex; market: Hex; lens: Hex }) {
  const account = privateKeyToAccount(options.key);
  const client = createWalletClient({ account, chain: foundry, transport: http(options.rpc) });
  const { lens } = options;
  const market = await getMarket(client, { market: options.market, lens });
  const assets = parseAmount('1000', market.asset.decimals);

  const position = await getPosition(client, { market, lens, owner: account.address });
  const { refusal } = quoteSupply({ market, position, assets });
  if (refusal) throw refusal; // its words say what to do

  await approve(client, { token: market.asset.address, spender: market.address, amount: assets });
  await supply(client, { market: market.address, assets });
  return await getPosition(client, { market, lens, owner: account.address });
}
