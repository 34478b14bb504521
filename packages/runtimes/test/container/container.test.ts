import { PauseGate } from '@millrace/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createContainerRuntime } from '../../src/container/container-runtime.ts';
import { runOn } from '../run-on.ts';
import { EngineServer, IMAGE, REMOTE, WITH_VOLUME } from './engine-server.ts';

vi.setConfig({ testTimeout: 120_000 });
const engine = new EngineServer();
beforeAll(() => engine.open());
afterAll(() => engine.close());
const containers = createContainerRuntime({ socketPath: engine.socketPath });
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (output: Uint8Array) => new TextDecoder().decode(output);
const manifest = (script: string, more: object = {}) =>
  bytes(JSON.stringify({ image: IMAGE, command: ['node', '-e', script], ...more }));
const run = (
  script: string,
  { spec, ...rest }: NonNullable<Parameters<typeof runOn>[3]> = {},
  inputs = [bytes('a'), bytes('bc')],
) =>
  runOn(containers, manifest(script), inputs, {
    ...rest,
    spec: { runtime: 'container', needs: { tier: 'fast' }, ...spec },
  });
const ECHO = `process.stdin.pipe(process.stdout)`;

describe('where no container engine is', () => {
  const none = createContainerRuntime({ socketPath: '/nowhere/engine.sock' });

  it('is off, and says so', async () => {
    expect(await none.availability()).toEqual({
      available: false,
      reason: 'no container engine answers (ENOENT) at /nowhere/engine.sock',
    });
    const spec = { needs: { tier: 'fast' } };
    await expect(runOn(none, manifest(ECHO), [], { spec })).rejects.toMatchObject({
      code: 'HOST_UNAVAILABLE',
      fault: 'provider',
      retryable: true,
      details: { reason: 'no container engine answers (ENOENT) at /nowhere/engine.sock' },
    });
  });

  it('says so too where this machine has none, and nothing was said about a socket', async () => {
    const state = await createContainerRuntime().availability();
    if (!state.available) expect(state.reason).toMatch(/container engine .* at /);
  });

  it('is off where the engine cannot hold its containers', async () => {
    const weak = await new EngineServer().open();
    const runtime = createContainerRuntime({ socketPath: weak.socketPath });
    expect(await runtime.availability()).toEqual({ available: true });
    weak.info = { ...weak.info, PidsLimit: false };
    expect(await runtime.availability()).toMatchObject({
      available: false,
      reason: expect.stringContaining('cannot bound processes'),
    });
    weak.info = { OSType: 'windows' };
    expect(await runtime.availability()).toMatchObject({
      available: false,
      reason: expect.stringContaining('not Linux'),
    });
    weak.isSilent = true;
    const hasty = createContainerRuntime({ socketPath: weak.socketPath, answerMilliseconds: 300 });
    expect(await hasty.availability()).toMatchObject({
      available: false,
      reason: expect.stringContaining('no container engine answers'),
    });
    await weak.close();
  });
});

describe('a container behind the Engine API', () => {
  it('gets all inputs on stdin, gives its result on stdout, and its log line by line', async () => {
    const lines: string[] = [];
    const pieces: [number, string][] = [];
    const { output, fuel } = await run(`console.error('one\\ntwo'); ${ECHO}`, {
      listener: {
        onLog: (line) => lines.push(text(line)),
        onOutput: (piece, { offset }) => pieces.push([offset, text(piece)]),
      },
    });
    expect(text(output)).toBe('abc');
    expect(fuel).toBe(0n);
    expect(lines).toEqual(['one', 'two']);
    expect(pieces.map(([, piece]) => piece).join('')).toBe('abc');
    expect(pieces[0]?.[0]).toBe(0);
    expect(engine.containers.size).toBe(0);
  });

  it('carries megabytes both ways, and jobs that do not read', async () => {
    const large = new Uint8Array(8_000_000).map((_, at) => at % 251);
    expect(Buffer.compare((await run(ECHO, {}, [large])).output, large)).toBe(0);
    expect(text((await run(`process.stdin.destroy(); console.log('done')`, {}, [large])).output)).toBe(
      'done\n',
    );
  });

  it('is created without a network, privileges, writable files, or more than was ordered', async () => {
    await run(ECHO, { spec: { memoryPages: 2_048, needs: { tier: 'fast', cores: 2 } } });
    const config = engine.configs.at(-1);
    expect(config).toMatchObject({
      Image: `sha256:${'a'.repeat(64)}`,
      User: '65534:65534',
      NetworkDisabled: true,
      HostConfig: {
        NetworkMode: 'none',
        IpcMode: 'none',
        ReadonlyRootfs: true,
        Privileged: false,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Memory: 134_217_728,
        MemorySwap: 134_217_728,
        NanoCpus: 2_000_000_000,
        PidsLimit: 128,
        LogConfig: { Type: 'none' },
      },
    });
    expect(config?.HostConfig?.Binds).toBeUndefined();
    const careful = createContainerRuntime({ socketPath: engine.socketPath, isolation: 'runsc' });
    await runOn(careful, manifest(ECHO), [], { spec: { needs: { tier: 'fast' } } });
    expect(engine.configs.at(-1)?.HostConfig?.Runtime).toBe('runsc');
  });

  it('knows the seed of the job', async () => {
    const seed = `0x${'5e'.repeat(32)}`;
    const { output } = await run(`console.log(process.env.MILLRACE_SEED)`, { spec: { seed } });
    expect(text(output)).toBe(`${seed}\n`);
  });

  it('ends as it ended', async () => {
    await expect(run('process.exit(3)')).rejects.toMatchObject({
      code: 'JOB_FAILED',
      details: { status: 3 },
    });
    await expect(run('process.exit(99)')).rejects.toMatchObject({ code: 'JOB_MEMORY_LIMIT' });
    const forever = `setInterval(() => {}, 1000)`;
    await expect(run(forever, { spec: { timeMilliseconds: 500 } })).rejects.toMatchObject({
      code: 'JOB_TIME_LIMIT',
      details: { seconds: 0.5 },
    });
    await expect(
      run(`for (;;) process.stdout.write('x'.repeat(1000))`, { spec: { outputBytes: 5_000 } }),
    ).rejects.toMatchObject({ code: 'JOB_OUTPUT_LIMIT', details: { allowedBytes: 5_000 } });
    expect(engine.containers.size).toBe(0);
  });

  it('stops when told to, also while it is paused', async () => {
    const stop = new AbortController();
    const gate = new PauseGate();
    const job = run(`console.error('hello'); setInterval(() => {}, 1000)`, {
      gate,
      signal: stop.signal,
      listener: { onLog: () => gate.pause() },
    });
    setTimeout(() => stop.abort(), 1_500);
    await expect(job).rejects.toMatchObject({ code: 'JOB_STOPPED' });
    await expect(run(ECHO, { signal: stop.signal })).rejects.toMatchObject({ code: 'JOB_STOPPED' });
  });

  it('stands still while the gate is closed, and that time does not count', async () => {
    const gate = new PauseGate();
    const milliseconds = 6_000;
    let seen: string[] = [];
    const job = run(`console.error('hello'); setTimeout(() => console.log('done'), 300)`, {
      gate,
      spec: { timeMilliseconds: milliseconds },
      listener: {
        onLog: () => {
          gate.pause();
          seen = [...engine.containers.values()].at(-1)?.seen as string[];
          // For longer than it may run.
          setTimeout(() => gate.resume(), milliseconds + 1_000);
        },
      },
    });
    expect(text((await job).output)).toBe('done\n');
    expect(seen.filter((verb) => verb.endsWith('pause'))).toEqual(['pause', 'unpause']);
  });

  it('is of an image that is here, or may be fetched, and brings no volumes', async () => {
    const spec = { needs: { tier: 'fast' } };
    const remote = manifest(ECHO, { image: REMOTE });
    await expect(runOn(containers, remote, [], { spec })).rejects.toMatchObject({
      code: 'HOST_UNAVAILABLE',
      details: { reason: 'the image is not on this node' },
    });
    const fetching = createContainerRuntime({ socketPath: engine.socketPath, mayPull: true });
    expect((await runOn(fetching, remote, [bytes('x')], { spec })).output).toEqual(bytes('x'));
    await expect(
      runOn(containers, manifest(ECHO, { image: WITH_VOLUME }), [], { spec }),
    ).rejects.toMatchObject({ code: 'MODULE_FEATURE_REFUSED' });
  });

  it('is named by a manifest that says exactly which, and nothing else', async () => {
    const refused = (module: string, words: string) =>
      expect(
        runOn(containers, bytes(module), [], { spec: { needs: { tier: 'fast' } } }),
      ).rejects.toMatchObject({
        code: 'MODULE_MALFORMED',
        details: { reason: expect.stringContaining(words) },
      });
    await refused('nothing', 'no JSON');
    await refused('[]', 'no object');
    await refused('{"image":"alpine:latest"}', 'digest');
    await refused(JSON.stringify({ image: `--privileged@sha256:${'a'.repeat(64)}` }), 'digest');
    await refused(JSON.stringify({ image: IMAGE, privileged: true }), 'privileged is unknown');
    await refused(JSON.stringify({ image: IMAGE, command: 'sh' }), 'list of words');
    await refused(JSON.stringify({ image: IMAGE, environment: { 'A=B': 'c' } }), 'environment');
    await expect(runOn(containers, manifest(ECHO), [])).rejects.toMatchObject({ code: 'JOB_INPUT_INVALID' });
  });

  it('is lost with its engine, which is nothing that the job did', async () => {
    const mortal = await new EngineServer().open();
    const runtime = createContainerRuntime({ socketPath: mortal.socketPath });
    const job = runOn(runtime, manifest(`console.error('up'); setTimeout(() => {}, 20_000)`), [], {
      spec: { needs: { tier: 'fast' } },
      listener: {
        onLog: () => {
          for (const { process } of mortal.containers.values()) process?.kill('SIGKILL');
          void mortal.close();
        },
      },
    });
    await expect(job).rejects.toMatchObject({ retryable: true, fault: 'provider' });
  });

  it('ends with its runtime', async () => {
    const other = createContainerRuntime({ socketPath: engine.socketPath });
    const job = runOn(other, manifest(`console.error('up'); setInterval(() => {}, 1000)`), [], {
      spec: { needs: { tier: 'fast' } },
      listener: { onLog: () => void other.close() },
    });
    await expect(job).rejects.toMatchObject({ code: 'HOST_CLOSED' });
    expect(engine.containers.size).toBe(0);
  });
});

describe('what a process that died has left behind', () => {
  const forever = manifest(`console.error('up'); setInterval(() => {}, 1000)`);
  const spec = { needs: { tier: 'fast' } };

  it('is removed by the next of the same owner, and nothing else is', async () => {
    const server = await new EngineServer().open();
    const runtimes = ['one', 'one two', undefined].map((owner) =>
      createContainerRuntime({ socketPath: server.socketPath, owner }),
    );
    const ends = runtimes.map(async (runtime) => {
      await runOn(runtime, forever, [], { spec }).catch(() => {});
    });
    await vi.waitFor(
      () => expect([...server.containers.values()].filter(({ process }) => process)).toHaveLength(3),
      { timeout: 60_000 },
    );
    // Created, and never started: the process died in between.
    server.containers.set('half', {
      config: { Labels: { 'millrace.owner': 'one' } },
      seen: [],
      state: { ExitCode: 0, OOMKilled: false },
    });
    const next = createContainerRuntime({ socketPath: server.socketPath, owner: 'one' });
    const owners = () =>
      [...server.containers.values()].map(({ config }) => config.Labels?.['millrace.owner']);
    expect(await next.removeLeft?.()).toBe(2);
    expect(owners().toSorted()).toEqual(['one two', undefined]);
    server.ignoresFilters = true;
    expect(await next.removeLeft?.()).toBe(0);
    expect(await createContainerRuntime({ socketPath: server.socketPath }).removeLeft?.()).toBe(0);
    expect(owners()).toHaveLength(2);
    await Promise.all(runtimes.map((runtime) => runtime.close()));
    await Promise.all(ends);
    await server.close();
  });
});
