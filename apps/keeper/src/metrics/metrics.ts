import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Everything the keeper measures. Amounts are in whole tokens or ether: good for graphs, not for books. */
export type Metrics = ReturnType<typeof createMetrics>;

const PREFIX = 'millrace_keeper_';

/** Fresh metrics in a registry of their own. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name: PREFIX + name, help, labelNames, registers });
  return {
    registry,
    actions: counter('actions_total', 'Actions by kind and result', ['kind', 'result']),
    gas: counter('gas_spent_ether_total', 'Gas paid for mined transactions', ['kind']),
    profit: gauge('liquidation_profit', 'Tokens of the asset earned by liquidations since start', ['market']),
    openIntents: gauge('open_intents', 'Transactions decided on and not yet settled'),
    checkpointAge: gauge('checkpoint_age_seconds', 'Time since the last checkpoint', ['market']),
    utilisation: gauge('utilisation_ratio', 'Debt over debt and cash', ['market']),
    borrowers: gauge('borrowers', 'Borrowers with debt, by health', ['market', 'band']),
    balance: gauge('balance', 'What the keeper account holds', ['token']),
    alerts: counter('alerts_total', 'Alerts raised', ['kind']),
    alertQueue: gauge('alerts_waiting', 'Alerts that a sink has not confirmed', ['sink']),
    block: gauge('block_number', 'Newest block seen'),
    ticks: counter('ticks_total', 'Rounds of the loop', ['result']),
    lastTick: gauge('last_tick_timestamp_seconds', 'When a round last succeeded'),
    rpc: new Histogram({
      name: `${PREFIX}rpc_seconds`,
      help: 'Latency of the RPC by method',
      labelNames: ['method'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    rpcErrors: counter('rpc_errors_total', 'Failed RPC requests by method', ['method']),
  };
}
