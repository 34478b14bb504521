import { formatEther, type TransactionReceipt } from 'viem';
import type { Intent } from '../journal/records.ts';
import type { KeptMarket } from '../kept-market.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Result } from './get-result.ts';

/** Logs and counts what became of an intent. */
export function noteSettled(markets: readonly KeptMarket[], log: Log, metrics: Metrics) {
  return (intent: Intent, result: Result, receipt: TransactionReceipt | undefined): void => {
    const { id, kind, nonce, note } = intent;
    const { outcome, error, liquidated } = result;
    metrics.actions.inc({ kind, result: outcome });
    const paid = receipt ? receipt.gasUsed * receipt.effectiveGasPrice : 0n;
    metrics.gas.inc({ kind }, Number(formatEther(paid)));
    const line = {
      id,
      nonce,
      outcome,
      hash: receipt?.transactionHash,
      block: receipt && String(receipt.blockNumber),
      gasUsed: receipt && String(receipt.gasUsed),
      ...(error !== undefined && { error }),
      ...(liquidated && { repaid: String(liquidated.repaid), seized: String(liquidated.seized) }),
    };
    if (outcome === 'reverted' || outcome === 'lost') log.error(line, `${kind} failed`);
    else log.info(line, `${kind} ${outcome}`);

    const market = markets.find(({ address }) => address === intent.market);
    if (kind === 'liquidate' && outcome === 'done' && market && note?.profit !== undefined) {
      metrics.profit.inc({ market: market.name }, Number(note.profit) / 10 ** market.decimals);
    }
  };
}
