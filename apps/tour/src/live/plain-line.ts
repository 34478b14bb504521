import { PRICE_DECIMALS } from '@millrace/devnet/prices';
import { formatMoney, formatPercent } from '@millrace/protocol';
import { dateOf, shortMoney } from './figures.ts';
import { machinesInWords } from './machine-lines.ts';
import type { Model } from './model.ts';

const GAP = '  ';

/** One line for those who are no terminal: the moment, the price, both markets, what it has come to. */
export function plainLine({ now, prices, markets, bands, tally, keeper, machines }: Model): string {
  const price = formatMoney(prices.at(-1), PRICE_DECIMALS, 'asset', '$');
  const used = markets.map(({ utilisation }) => formatPercent(utilisation, 'debt')).join(' / ');
  const rates = markets.map(({ borrowApr }) => formatPercent(borrowApr, 'debt')).join(' / ');
  return [
    `${dateOf(now)}  ETH ${price}`,
    `used ${used}`,
    `rate ${rates}`,
    `${bands[0]?.count ?? 0} below health 1`,
    `${tally.liquidations} liquidations`,
    `bad debt ${shortMoney(tally.badDebt, 'debt')}`,
    `lenders lost ${shortMoney(tally.lenderLoss, 'debt')}`,
    `keeper ${keeper.good ? 'well' : 'in trouble'}`,
    ...machinesInWords(machines),
  ].join(GAP);
}

/** A line over as many lines of `columns` as it takes, broken between its parts. */
export function breakLine(line: string, columns: number): string {
  const lines: string[] = [];
  for (const part of line.split(GAP)) {
    const longer = `${lines.at(-1) ?? ''}${GAP}${part}`;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.join('\n');
}
