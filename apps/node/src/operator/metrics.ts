import type { Hono } from 'hono';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Core } from '../core.ts';
import type { AskExchange } from '../gossip/ask-exchange.ts';
import { answer } from '../http/answer.ts';
import { requireToken } from './token.ts';

/** What a node measures. Amounts are base units as floats: good for graphs, not for books. */
export type Metrics = ReturnType<typeof createMetrics>;

const PREFIX = 'millrace_node_';

/** Fresh metrics in a registry of their own. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    ended: new Counter({
      name: `${PREFIX}jobs_ended_total`,
      help: 'Jobs that ended, by outcome',
      labelNames: ['outcome'] as const,
      registers,
    }),
    refused: new Counter({
      name: `${PREFIX}refusals_total`,
      help: 'Requests and jobs that were refused, by code',
      labelNames: ['code'] as const,
      registers,
    }),
    running: new Gauge({ name: `${PREFIX}jobs_running`, help: 'Jobs that run', registers }),
    waiting: new Gauge({ name: `${PREFIX}jobs_waiting`, help: 'Jobs that wait', registers }),
    unpaid: new Gauge({ name: `${PREFIX}unpaid`, help: 'Work that nobody has signed for', registers }),
    signed: new Gauge({ name: `${PREFIX}signed`, help: 'Signed and not redeemed', registers }),
    channels: new Gauge({ name: `${PREFIX}channels`, help: 'Channels that are open', registers }),
    peers: new Gauge({ name: `${PREFIX}peers`, help: 'Nodes that it hears asks from', registers }),
    memory: new Gauge({ name: `${PREFIX}resident_bytes`, help: 'Memory of the process', registers }),
  };
}

/** `/healthz` for everybody, `/metrics` for the operator. */
export function addMetricsRoutes(app: Hono, core: Core, asks: AskExchange, token: string): void {
  app.get('/healthz', () => {
    const failure = core.journal.failure;
    return answer(
      { ok: failure === undefined, draining: core.mode.isDraining },
      failure === undefined ? 200 : 503,
    );
  });
  app.get('/metrics', async (c) => {
    requireToken(c.req.header('authorization'), token);
    const { metrics } = core;
    metrics.peers.set(asks.peers());
    measure(core);
    return new Response(await metrics.registry.metrics(), {
      headers: { 'content-type': metrics.registry.contentType },
    });
  });
}

function measure(core: Core): void {
  const { metrics } = core;
  const { running, waiting } = core.scheduler.state();
  metrics.running.set(running);
  metrics.waiting.set(waiting);
  metrics.memory.set(process.memoryUsage.rss());
  let [unpaid, signed, open] = [0, 0, 0];
  const now = performance.now();
  for (const channel of core.books.all()) {
    const due = channel.due(now);
    if (due > channel.signed) unpaid += Number(due - channel.signed);
    signed += Number(channel.signed - channel.redeemed);
    if (channel.state === 'open') open++;
  }
  metrics.unpaid.set(unpaid);
  metrics.signed.set(signed);
  metrics.channels.set(open);
}
