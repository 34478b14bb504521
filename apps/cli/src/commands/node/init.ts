import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { formatTokens, parseAmount } from '@millrace/protocol';
import { encodeWire, type Hardware, hardwareSchema } from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { hourlyPrice } from '../../figures/offer-data.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { freePort } from '../../node/free-port.ts';
import { toNodeConfig } from '../../node/node-config.ts';
import { nodeFiles, nodeNames, readNode, requireNodeName } from '../../node/node-files.ts';
import { askNodeProgram } from '../../node/node-program.ts';
import { statusOfNode } from '../../node/start-node.ts';
import { UsageError } from '../../usage-error.ts';

const FIRST_PORT = 7_070;

export const nodeInit = defineCommand({
  path: 'node init',
  summary: 'Make this machine a node: measure it, set a price',
  details:
    'Writes a configuration and nothing else; `node start` puts the offer on the market. Measuring takes about five seconds. Run it again to change anything, while the node is stopped: what it has earned stays.',
  arguments: { name: { about: 'what you call it; default: node', optional: true } },
  options: {
    price: { kind: 'text', value: 'amount', about: 'for an hour of work of one slot; default: 0.05' },
    slots: { kind: 'text', value: 'count', about: 'jobs at once; default: one for each core' },
    exposure: { kind: 'text', value: 'amount', about: 'unpaid work you risk; default: a minute of it' },
    region: { kind: 'text', value: 'name', about: 'where it is, such as FI' },
    energy: { kind: 'text', value: 'name', about: 'where its electricity comes from, such as wind' },
    port: { kind: 'text', value: 'number', about: 'where it listens; default: 7070, or the next free one' },
    host: { kind: 'text', value: 'address', about: 'on which address; default: 127.0.0.1' },
    endpoint: { kind: 'text', value: 'url', about: 'how others reach it; default: host and port' },
    peer: { kind: 'list', value: 'multiaddr', about: 'another node to gossip with at first' },
    withoutGossip: { kind: 'flag', about: 'do not gossip: only those who know the registry find it' },
    ...signerOptions,
  },
  examples: [
    'node init --as bob',
    'node init --price 0.12 --region FI --energy wind --keystore main',
    'node init rack --slots 8 --host 0.0.0.0 --endpoint https://rack.example.org --keystore main',
  ],
  run: async (session, { arguments: { name: named = 'node' }, options }) => {
    const { terminal, settings, signal } = session;
    const name = requireNodeName(named);
    const connection = await openCompute(session);
    const { compute, url, chainId } = connection;
    const { token } = compute;
    const actor = await findActor(session, connection, options);
    const files = nodeFiles(settings.stateFolder, name);
    const host = options.host ?? '127.0.0.1';
    await requireStopped();
    const port =
      readCount('--port', options.port) ??
      portBefore(files.config) ??
      (await freePort(FIRST_PORT, portsOfOthers(), host));
    const endpoint = readEndpoint(options.endpoint ?? `http://${host}:${port}`);
    const hourly = parseAmount(options.price ?? '0.05', token.decimals);
    terminal.note('Measuring this machine …');
    const measured = await askNodeProgram<{ hardware: unknown }>(['benchmark', '--json'], signal);
    const hardware: Hardware = hardwareSchema.parse(measured.hardware);
    const slots = readCount('--slots', options.slots) ?? hardware.cores;
    if (slots < 1) throw new UsageError('A node has one slot at least.', 'INVALID_OPTION');
    const config = toNodeConfig({
      ...{ folder: files.data, rpc: url, chainId, compute, hardware, host, port, endpoint, slots, hourly },
      exposureCap: options.exposure === undefined ? undefined : parseAmount(options.exposure, token.decimals),
      region: options.region ?? '',
      energy: options.energy ?? '',
      peers: options.withoutGossip ? undefined : options.peer,
    });
    const signer =
      options.as !== undefined
        ? { as: options.as }
        : options.keystore !== undefined
          ? { keystore: options.keystore }
          : null;
    mkdirSync(files.folder, { recursive: true, mode: 0o700 });
    writeFileSync(files.config, `${JSON.stringify(JSON.parse(encodeWire(config)), null, 2)}\n`);
    writeFileSync(
      files.record,
      `${JSON.stringify({ name, address: actor.address, endpoint, signer }, null, 2)}\n`,
    );
    const most = hourlyPrice(config);
    const atMost =
      most > hourly
        ? `, ${formatTokens(most, token.decimals, 'debt', token.symbol)} where it is fastest`
        : '';
    const speed = Number(hardware.fuelPerSecond.integer) / 1e9;
    const facts = [
      `${name} is ${actor.address}.`,
      `${hardware.cpu || 'A processor'}: ${slots} of ${hardware.cores} cores sold, ${speed.toFixed(2)} G fuel a second each.`,
      `${formatTokens(hourly, token.decimals, 'asset', token.symbol)} for an hour of each${atMost}, at ${endpoint}.`,
      `Start it: millrace node start${named === 'node' ? '' : ` ${named}`}`,
    ];
    return {
      data: {
        name,
        address: actor.address,
        endpoint,
        config: files.config,
        hardware,
        slots,
        hourlyPrice: hourly,
      },
      text: facts.join('\n'),
    };

    async function requireStopped(): Promise<void> {
      if (!nodeNames(settings.stateFolder).includes(name)) return;
      if ((await statusOfNode(readNode(settings.stateFolder, name), session)) === undefined) return;
      const command = name === 'node' ? 'millrace node stop' : `millrace node stop ${name}`;
      throw new UsageError(
        `${name} runs.`,
        'NODE_RUNS',
        `Stop it first (\`${command}\`), then start it again.`,
      );
    }

    function portsOfOthers(): Set<number> {
      const others = nodeNames(settings.stateFolder).filter((each) => each !== name);
      return new Set(
        others.map((each) => Number(new URL(readNode(settings.stateFolder, each).endpoint).port)),
      );
    }
  },
});

/** A node that is set up again stays where others know it. */
function portBefore(path: string): number | undefined {
  try {
    const { listen } = JSON.parse(readFileSync(path, 'utf8')) as { listen?: { port?: number } };
    return listen?.port;
  } catch {
    return undefined;
  }
}

function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new UsageError(`“${text}” (${name}) is no whole number from 0 to 65535.`, 'INVALID_OPTION');
}

function readEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new UsageError(`“${text}” (--endpoint) is no http(s) URL.`, 'INVALID_OPTION');
}
