import { parseGwei } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { dropUnknownSinks, type Sink, startOutbox } from './alerts/outbox.ts';
import { createRaise } from './alerts/raise.ts';
import { createChainClient } from './chain/client.ts';
import { createComplaints } from './complaints.ts';
import type { KeeperConfig } from './config/schema.ts';
import { connect, sleep } from './connect.ts';
import type { Desk } from './desk.ts';
import { describeError } from './errors.ts';
import type { Journal } from './journal/journal.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { Health } from './metrics/metrics-server.ts';
import { createRounds } from './rounds.ts';
import { createAct } from './send/create-act.ts';
import { noteSettled } from './send/note-settled.ts';
import { createResolver } from './send/resolver.ts';

/** What a keeper is made of. In a dry run the journal is one that is forgotten. */
export type KeeperParts = {
  config: KeeperConfig;
  account: PrivateKeyAccount;
  sinks: readonly Sink[];
  journal: Journal;
  /** Throws when somebody else took the journal. */
  verifyLock: () => Promise<void>;
  log: Log;
  dryRun: boolean;
};

export type Keeper = {
  metrics: Metrics;
  health: () => Health;
  /** Works until `signal` says stop. Rejects only with what no waiting mends. */
  run: (signal: AbortSignal) => Promise<void>;
};

const LONGEST_PAUSE_MILLISECONDS = 30_000;

export function createKeeper(parts: KeeperParts): Keeper {
  const { config, account, journal, log } = parts;
  const metrics = createMetrics();
  const poll = config.chain.pollSeconds * 1_000;
  let lastGood: number | undefined;

  const run = async (signal: AbortSignal): Promise<void> => {
    const client = createChainClient(config.chain, metrics);
    const complaints = createComplaints(log);
    const sinkNames = parts.sinks.map(({ name }) => name);
    await dropUnknownSinks(journal, sinkNames, log);
    const outbox = startOutbox(journal, parts.sinks, log, metrics);
    try {
      const markets = await connect(client, config, journal, account.address, log, signal);
      const sending = { client, account, chainId: config.chain.chainId, journal, log, metrics, complaints };
      const feeCap = parseGwei(config.fees.maxFeeGwei);
      const desk: Desk = {
        client,
        account: account.address,
        lens: config.lens,
        journal,
        log,
        metrics,
        complaints,
        gasMarginPercent: BigInt(config.fees.gasMarginPercent),
        act: createAct(sending, parts.dryRun),
      };
      const resolve = createResolver({
        ...sending,
        feeCap,
        rule: {
          confirmations: BigInt(config.chain.confirmations),
          replaceAfterSeconds: config.fees.replaceAfterSeconds,
        },
        onSettled: noteSettled(markets, log, metrics),
      });
      const raise = createRaise(journal, sinkNames, metrics, outbox.wake);
      const runRound = createRounds({ desk, raise, config, markets, resolve, feeCap });
      log.info({ account: account.address, markets: markets.map(({ name }) => name) }, 'keeping');
      for (let failures = 0; !signal.aborted; ) {
        await parts.verifyLock();
        const good = await runRound().catch((error: unknown) => {
          complaints.raise('round', describeError(error));
          return false;
        });
        if (journal.failure) throw journal.failure;
        metrics.ticks.inc({ result: good ? 'good' : 'failed' });
        failures = good ? 0 : failures + 1;
        if (good) {
          complaints.settle('round');
          lastGood = Date.now();
          metrics.lastTick.set(lastGood / 1_000);
        }
        await sleep(
          Math.min(poll * 2 ** Math.min(failures, 5), Math.max(poll, LONGEST_PAUSE_MILLISECONDS)),
          signal,
        );
      }
    } finally {
      await outbox.stop();
    }
  };

  const health = (): Health => {
    const ago = lastGood === undefined ? undefined : (Date.now() - lastGood) / 1_000;
    const ok = ago !== undefined && ago < Math.max(60, 10 * config.chain.pollSeconds);
    return { ok, lastTickSecondsAgo: ago, openIntents: journal.state.intents.size };
  };

  return { metrics, health, run };
}
