import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { ContainerCreateOptions } from 'dockerode';

type Container = {
  readonly config: ContainerCreateOptions;
  readonly seen: string[];
  process?: ChildProcess;
  stream?: Duplex;
  state: { ExitCode: number; OOMKilled: boolean };
  ended?: Promise<void>;
};

export const IMAGE = `example.org/node@sha256:${'a'.repeat(64)}`;
export const WITH_VOLUME = `example.org/volume@sha256:${'b'.repeat(64)}`;
export const REMOTE = `example.org/remote@sha256:${'c'.repeat(64)}`;

/**
 * The routes of the Docker Engine API that a job needs, on a real socket, as its documentation (v1.47) has them; but what it
 * starts are plain processes of this machine: it bounds nothing. No container engine could be run where this was written.
 */
export class EngineServer {
  readonly containers = new Map<string, Container>();
  /** Of all containers there ever were. */
  readonly configs: ContainerCreateOptions[] = [];
  info: Record<string, unknown> = { OSType: 'linux', MemoryLimit: true, PidsLimit: true, CpuCfsQuota: true };
  /** Takes requests and answers none. */
  isSilent = false;
  /** Lists all containers, whatever was asked for. */
  ignoresFilters = false;
  private readonly folder = mkdtempSync(join(tmpdir(), 'engine-'));
  /** Of attached clients. */
  private readonly streams = new Set<Duplex>();
  private readonly images = new Map<string, object | undefined>([
    [IMAGE, {}],
    [WITH_VOLUME, { Volumes: { '/data': {} } }],
  ]);
  private readonly server = createServer((request, response) => void this.answer(request, response));
  readonly socketPath = join(this.folder, 'engine.sock');

  async open(): Promise<this> {
    this.server.on('upgrade', (request, stream) => this.attach(request.url ?? '', stream));
    await new Promise<void>((resolve) => this.server.listen(this.socketPath, resolve));
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    for (const stream of this.streams) stream.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://engine');
    const route = `${request.method} ${decodeURIComponent(url.pathname)}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (this.isSilent) return;
    const send = (status: number, value?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (route === 'GET /info') return send(200, this.info);
    const image = /^GET \/images\/(.+)\/json$/.exec(route)?.[1];
    if (image !== undefined) {
      if (!this.images.has(image)) return send(404, { message: `No such image: ${image}` });
      return send(200, { Id: `sha256:${image.slice(-64)}`, Config: this.images.get(image) });
    }
    if (route === 'POST /images/create') {
      this.images.set(`${url.searchParams.get('fromImage')}@${url.searchParams.get('tag')}`, {});
      return send(200, { status: 'Pulled' });
    }
    if (route === 'POST /containers/create') {
      const id = `container${this.configs.length}`;
      const config = JSON.parse(body) as ContainerCreateOptions;
      this.configs.push(config);
      this.containers.set(id, { config, seen: [], state: { ExitCode: 0, OOMKilled: false } });
      return send(201, { Id: id, Warnings: [] });
    }
    if (route === 'GET /containers/json') return send(200, this.list(url.searchParams));
    const [, method = '', id = '', verb = ''] = /^(\w+) \/containers\/(\w+)\/?(\w*)$/.exec(route) ?? [];
    const container = this.containers.get(id);
    if (!container) return send(404, { message: 'No such container' });
    container.seen.push(verb || method);
    if (method === 'DELETE') {
      container.process?.kill('SIGKILL');
      this.containers.delete(id);
      return send(204);
    }
    if (verb === 'json') return send(200, { Id: id, State: container.state });
    if (verb === 'start') this.start(container);
    if (verb === 'kill') container.process?.kill('SIGKILL');
    if (verb === 'pause') container.process?.kill('SIGSTOP');
    if (verb === 'unpause') container.process?.kill('SIGCONT');
    if (verb !== 'wait') return send(204);
    await container.ended;
    return send(200, { StatusCode: container.state.ExitCode });
  }

  /** With `all` also those that do not run; with `label` filters those that have them. */
  private list(query: URLSearchParams): object[] {
    const { label = [] } = JSON.parse(query.get('filters') ?? '{}') as { label?: string[] };
    const found: object[] = [];
    for (const [Id, { config, process }] of this.containers) {
      const Labels = config.Labels ?? {};
      const has = new Set(Object.entries(Labels).map(([name, value]) => `${name}=${value}`));
      const isRunning = process !== undefined && process.exitCode === null && process.signalCode === null;
      const isListed = isRunning || ['1', 'true'].includes(query.get('all') ?? '');
      if (isListed && (this.ignoresFilters || label.every((each) => has.has(each))))
        found.push({ Id, Labels });
    }
    return found;
  }

  private attach(url: string, stream: Duplex): void {
    const container = this.containers.get(/^\/containers\/(\w+)\/attach/.exec(url)?.[1] ?? '');
    if (!container) return void stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
    container.stream = stream;
    this.streams.add(stream);
    stream.on('close', () => this.streams.delete(stream));
    stream.on('error', () => {});
    stream.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    );
  }

  private start(container: Container): void {
    const { Entrypoint = [], Cmd = [], Env = [] } = container.config;
    const [program = '', ...words] = [...Entrypoint, ...Cmd];
    const env = Object.fromEntries(Env.map((each) => each.split(/=(.*)/s).slice(0, 2)));
    const child = spawn(program === 'node' ? process.execPath : program, words, { env });
    container.process = child;
    const { stream } = container;
    child.stdin.on('error', () => {});
    stream?.pipe(child.stdin);
    const frame = (kind: number) => (chunk: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt8(kind);
      head.writeUInt32BE(chunk.length, 4);
      stream?.write(Buffer.concat([head, chunk]));
    };
    child.stdout.on('data', frame(1));
    child.stderr.on('data', frame(2));
    container.ended = new Promise((resolve) => {
      child.on('close', (code) => {
        // An engine knows it from the kernel; a process here says it with this number.
        container.state = { ExitCode: code ?? 137, OOMKilled: code === 99 };
        stream?.end();
        resolve();
      });
    });
  }
}
