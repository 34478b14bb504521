import { PRICE_DECIMALS, setPrice } from '@millrace/devnet';
import { formatTokens } from '@millrace/protocol';
import { mockAggregatorAbi } from '@millrace/protocol/contracts/mock-aggregator';
import { connectDevnet } from '../../chain/connect-devnet.ts';
import { defineCommand } from '../../command.ts';
import { renderTable } from '../../terminal/table.ts';
import { UsageError } from '../../usage-error.ts';
import { applyPrice, readPrice } from '../../words/price-words.ts';
import { sameToken } from '../../words/same-token.ts';

export const devPrice = defineCommand({
  path: 'dev price',
  summary: 'Move the price of a token on the local chain',
  details: 'Prices are in the loan asset of each market that takes the token as collateral.',
  arguments: {
    prices: { about: 'a change such as WETH=-30%, or a price such as WETH=2100', variadic: true },
  },
  examples: ['dev price WETH=-30%', 'dev price WETH=2100 WBTC=+5%'],
  run: async (session, { arguments: { prices } }) => {
    const { client, deployment } = await connectDevnet(session);
    const moved: { market: string; token: string; asset: string; before: bigint; after: bigint }[] = [];
    for (const words of prices.map(readPrice)) {
      const places = deployment.markets.flatMap((market) =>
        market.collaterals.flatMap(({ token, oracle }, index) =>
          sameToken(token.symbol, words.symbol) && oracle.kind === 'feeds'
            ? [{ market, token, oracle, index }]
            : [],
        ),
      );
      if (places.length === 0) throw unknown(words.symbol);
      for (const { market, token, oracle, index } of places) {
        const feed = oracle.feeds[0]?.aggregator ?? oracle.address;
        const [, before] = await client.readContract({
          address: feed,
          abi: mockAggregatorAbi,
          functionName: 'latestRoundData',
        });
        const after = applyPrice(words, before, PRICE_DECIMALS);
        await setPrice(client, market, after, { index });
        moved.push({ market: market.symbol, token: token.symbol, asset: market.asset.symbol, before, after });
      }
    }
    const price = (value: bigint, asset: string) => formatTokens(value, PRICE_DECIMALS, 'asset', asset);
    const text = renderTable(
      [
        { title: 'token' },
        { title: 'market' },
        { title: 'before', align: 'right' },
        { title: 'after', align: 'right' },
      ],
      moved.map(({ token, market, asset, before, after }) => [
        token,
        market,
        price(before, asset),
        price(after, asset),
      ]),
      session.terminal.colors.dim,
    );
    return { data: { decimals: PRICE_DECIMALS, moved }, text };
  },
});

function unknown(symbol: string): UsageError {
  return new UsageError(
    `No market takes ${symbol} as collateral.`,
    'UNKNOWN_TOKEN',
    '`millrace market list` shows what they take.',
  );
}
