import { createDevnetClient, loadDeployment, saveDeployment, startAnvil } from '@millrace/devnet';
import { defineCommand } from '../../command.ts';
import { removeTraces, writeRecord } from '../../devnet/devnet-record.ts';
import { keepFresh } from '../../devnet/keep-fresh.ts';
import { parsePort } from '../../devnet/parse-port.ts';
import { seed } from '../../devnet/seed.ts';

const BLOCK_SECONDS = 5;
const REFRESH_MILLISECONDS = 10 * 60_000;
const REFRESH_AGE_SECONDS = 6n * 3600n;
const BLOCK_GAS_LIMIT = 60_000_000n;

export const devServe = defineCommand({
  path: 'dev serve',
  summary: 'Run the local chain in the foreground: what `dev up` starts in the background',
  hidden: true,
  endsOnInterrupt: true,
  options: { port: { kind: 'text', value: 'number', about: 'TCP port of the node; default: a free one' } },
  examples: ['dev serve --port 8545'],
  run: async ({ settings, signal }, { options }) => {
    const folder = settings.stateFolder;
    const anvil = await startAnvil({
      port: parsePort(options.port),
      blockTimeSeconds: BLOCK_SECONDS,
      blockGasLimit: BLOCK_GAS_LIMIT,
      // A block at once for every transaction, and one now and then, so that time goes on for those who only look.
      extraArguments: ['--mixed-mining'],
    });
    try {
      const client = createDevnetClient(anvil);
      saveDeployment(folder, await seed(client));
      writeRecord(folder, {
        pid: process.pid,
        rpc: anvil.url,
        port: anvil.port,
        chainId: client.chain.id,
        startedAt: new Date().toISOString(),
      });
      const refresh = () =>
        keepFresh(client, loadDeployment(folder), REFRESH_AGE_SECONDS).catch(console.error);
      const timer = setInterval(refresh, REFRESH_MILLISECONDS);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      clearInterval(timer);
    } finally {
      await anvil.stop();
      removeTraces(folder, { keepLock: true });
    }
    return undefined;
  },
});
