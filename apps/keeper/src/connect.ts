import { JournalError } from '@millrace/journal';
import type { Address, Hash } from 'viem';
import type { ChainClient } from './chain/client.ts';
import { getBlockHash } from './chain/head.ts';
import type { KeeperConfig } from './config/schema.ts';
import { ConfigError, describeError } from './errors.ts';
import type { Journal } from './journal/journal.ts';
import { type KeptMarket, openMarket } from './kept-market.ts';
import type { Log } from './log.ts';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/**
 * Waits for the chain as long as it takes, and makes sure that it is the right one.
 *
 * @throws {@link ConfigError} `CONFIG_MISMATCH` and {@link JournalError} `JOURNAL_ELSEWHERE`: no waiting mends those.
 */
export async function connect(
  client: ChainClient,
  config: KeeperConfig,
  journal: Journal,
  account: Address,
  log: Log,
  signal: AbortSignal,
): Promise<KeptMarket[]> {
  for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS)) {
    try {
      await requireHome(client, config, journal, account);
      await Promise.all([config.lens, ...config.markets.map(({ address }) => address)].map(requireCode));
      return await Promise.all(config.markets.map((settings) => openMarket(client, settings)));
    } catch (error) {
      if (error instanceof ConfigError || error instanceof JournalError) throw error;
      log.warn({ error: describeError(error), retryInMilliseconds: pause }, 'the chain does not answer yet');
    }
    await sleep(pause, signal);
    if (signal.aborted) return [];
  }

  async function requireCode(address: Address): Promise<void> {
    if ((await client.getCode({ address })) !== undefined) return;
    throw new ConfigError(`There is no contract at ${address}.`, {
      code: 'CONFIG_MISMATCH',
      hint: 'Check the address in the configuration, and that the RPC is of the chain it is on.',
      details: { address },
    });
  }
}

async function requireHome(
  client: ChainClient,
  config: KeeperConfig,
  journal: Journal,
  account: Address,
): Promise<void> {
  const chainId = await client.getChainId();
  if (chainId !== config.chain.chainId) {
    throw new ConfigError(`The RPC is of chain ${chainId}, not ${config.chain.chainId}.`, {
      code: 'CONFIG_MISMATCH',
      hint: 'Correct "chain.rpc" or "chain.chainId".',
      details: { expected: config.chain.chainId, actual: chainId },
    });
  }
  const genesis: Hash = (await getBlockHash(client, 0n)) ?? '0x';
  const { home } = journal.state;
  if (home === undefined) return journal.append({ t: 'home', home: { chainId, genesis, account } });
  if (home.chainId === chainId && home.genesis === genesis && home.account === account) return;
  throw new JournalError('The journal is of another chain or account.', {
    code: 'JOURNAL_ELSEWHERE',
    hint: 'Each chain and account needs its own journal. After a local chain was reset, move the old one away.',
    details: { journal: home, here: { chainId, genesis, account } },
  });
}

/** Resolves after `milliseconds`, or at once when `signal` says so. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
