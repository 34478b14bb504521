import { parseGwei } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { dropUnknownSinks, type Sink, startOutbox } from './alerts/outbox.ts';
import { createRaise } from './alerts/raise.ts';
import { createChainClient } from './chain/client.ts';
import { createComplaints } from './complaints.ts';
import type { KeeperConfig } from './config/schema.ts';
import { connect } from './connect.ts';
import type { Desk } from './desk.ts';
import { describeError } from './errors.ts';
import type { Journal } from './journal/journal.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { Health } from './metrics/metrics-server.ts';
import type { Pace } from './pace/pace.ts';
import { createRounds } from './rounds.ts';
import type { Action } from './send/action.ts';
import { createAct } from './send/create-act.ts';
import { noteSettled } from './send/note-settled.ts';
import { createOrderedAct } from './send/ordered-act.ts';
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
  pace: Pace;
};

export type Keeper = {
  metrics: Metrics;
  health: () => Health;
  /** Works until `signal` says stop. Rejects only with what no waiting mends. */
  run: (signal: AbortSignal) => Promise<void>;
};

export function createKeeper(parts: KeeperParts): Keeper {
  const { config, account, journal, log, pace } = parts;
  const metrics = createMetrics();
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
      const act = createAct(sending, parts.dryRun);
      const ordered = pace.inOrder ? createOrderedAct(act) : undefined;
      const desk: Desk = {
        client,
        account: account.address,
        lens: config.lens,
        journal,
        log,
        metrics,
        complaints,
        gasMarginPercent: BigInt(config.fees.gasMarginPercent),
        act: ordered?.act ?? act,
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
      await pace.begin(signal);
      while (!signal.aborted) {
        await parts.verifyLock();
        let actions: readonly Action[] = [];
        const good = await runRound()
          .then(async (through) => {
            actions = (await ordered?.release()) ?? [];
            return through;
          })
          .catch((error: unknown) => {
            complaints.raise('round', describeError(error));
            return false;
          });
        if (journal.failure) throw journal.failure;
        metrics.ticks.inc({ result: good ? 'good' : 'failed' });
        if (good) {
          complaints.settle('round');
          lastGood = Date.now();
          metrics.lastTick.set(lastGood / 1_000);
        }
        await pace.next({ good, actions, openIntents: journal.state.intents.size }, signal);
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
