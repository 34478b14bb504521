import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Anvil, createDevnetClient, startAnvil } from '@millrace/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRpcProxy } from './rpc-proxy.ts';
import { millraceHere } from './run-here.ts';
import { millrace, type RunOptions } from './run-millrace.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples/parallel/', import.meta.url));
const PATIENCE = { timeout: 120_000 };
const FLAGS = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];

type Served = { rpc: string; layouts: [string]; stop: () => Promise<void> };

/** The chain of an example, for as long as a test needs it. */
async function serve(contract: string): Promise<Served> {
  const child = spawn(process.execPath, [...FLAGS, 'serve.ts', contract], {
    cwd: EXAMPLES,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ended = once(child, 'exit');
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return { ...(JSON.parse(line) as Omit<Served, 'stop'>), stop };
}

let cwd: string;
let counter: Served;
let token: Served;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'millrace-parallel-'));
  [counter, token] = await Promise.all([serve('Counter'), serve('Token')]);
});
afterAll(async () => {
  await Promise.all([counter?.stop(), token?.stop()]);
  rmSync(cwd, { recursive: true });
});

const on = (chain: Served, line: string, options: RunOptions = {}) =>
  millraceHere([...line.split(' '), '--rpc', chain.rpc, '--layout', chain.layouts[0], '--json'], {
    cwd,
    ...options,
  });

describe('parallel', PATIENCE, () => {
  it('analyze names the variable that serialises the newest block', async () => {
    const run = await on(counter, 'parallel analyze');
    expect(run.exitCode).toBe(0);
    expect(run.data()).toMatchObject({
      version: 1,
      bound: 1,
      waiting: 39,
      block: { transactions: 40 },
      source: { name: 'trace_replayBlockTransactions', unseen: [] },
      variables: [{ variable: 'Counter.total', waiting: 39, written: 40, isNamed: true }],
    });
    // The first voter also pays for the first write of the total.
    const [total] = run.data<{ variables: { speedupWithout: number }[] }>().variables;
    expect(total?.speedupWithout).toBeCloseTo(29.88);
  });

  it('analyze says it in words, with the engines and the longest chain', async () => {
    const run = await millraceHere(
      ['parallel', 'analyze', '--rpc', counter.rpc, '--layout', counter.layouts[0]],
      { cwd },
    );
    expect(run.stdout).toContain('39 of 40 wait for somebody');
    expect(run.stdout).toMatch(/block-stm +1\.0× \(\d+ run again\)/);
    expect(run.stdout).toContain('after 38, both at Counter.total');
  });

  it('analyze finds false sharing in a packed slot', async () => {
    const run = await on(token, 'parallel analyze');
    const { variables } = run.data<{ variables: { variable: string }[] }>();
    expect(variables[0]?.variable).toBe('Token.{kept, lastTransfer, paused}');
  });

  it('analyze takes single transactions, and only they are looked at', async () => {
    const client = createDevnetClient({ url: counter.rpc });
    const { transactions } = await client.getBlock();
    const run = await on(counter, `parallel analyze ${transactions[3]} ${transactions[7]}`);
    expect(run.data()).toMatchObject({ block: { transactions: 2 }, waiting: 1 });
  });

  it('analyze adds a range up', async () => {
    const run = await on(counter, 'parallel analyze last 3');
    const { blocks } = run.data<{ blocks: unknown[] }>();
    expect(blocks).toHaveLength(3);
    expect(run.data()).toMatchObject({ transactions: 41, waiting: 39, isPartial: false });
  });

  it('asks the node in another way when told to, and finds the same', async () => {
    const best = (await on(counter, 'parallel analyze')).data<{ variables: unknown; bound: number }>();
    const other = (await on(counter, 'parallel analyze --source debug_traceBlockByNumber')).data<
      typeof best
    >();
    expect(other).toMatchObject({ source: { name: 'debug_traceBlockByNumber' }, bound: best.bound });
    expect(other.variables).toEqual(best.variables);
  });

  it('graph tells who waits for whom, also for Graphviz', async () => {
    const { edges } = (await on(counter, 'parallel graph')).data<{ edges: object[] }>();
    expect(edges).toHaveLength(39);
    expect(edges[0]).toMatchObject({ from: 0, to: 1, at: [{ name: 'Counter.total' }] });
    const { stdout } = await millraceHere(
      ['parallel', 'graph', '--dot', '--rpc', counter.rpc, '--layout', counter.layouts[0]],
      { cwd },
    );
    expect(stdout).toMatch(/^digraph block \{[\s\S]*0 -> 1 \[label="Counter\.total"\];[\s\S]*\}\n$/);
  });

  it('simulate runs the block on the cores and under the rule that are asked for', async () => {
    const run = await on(counter, 'parallel simulate --cores 2,8 --rule monad');
    expect(run.data()).toMatchObject({
      simulations: [
        { rule: 'monad', cores: 2 },
        { rule: 'monad', cores: 8 },
      ],
    });
  });

  it('what-if tells what sharding would bring, and what is next', async () => {
    const run = await on(counter, 'parallel what-if --shard total');
    expect(run.data()).toMatchObject({ boundBefore: 1, next: null, slots: 1 });
  });

  it('report writes a page that needs nothing else', async () => {
    await on(counter, 'parallel report --html page.html');
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('Counter.total');
    expect(page).not.toMatch(/<script|https?:\/\//);
    await on(counter, 'parallel report last 2 --html range.html');
    expect(readFileSync(join(cwd, 'range.html'), 'utf8')).toContain('Block by block');
  });
});

it('the example of a program says the same', PATIENCE, async () => {
  const args = [...FLAGS, 'analyze.ts', counter.rpc, counter.layouts[0]];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: EXAMPLES });
  expect(JSON.parse(stdout)).toEqual({ bound: 1, worst: 'Counter.total' });
});

describe('parallel check', PATIENCE, () => {
  const line = (name: string) => ['parallel', 'check', '--budget', join(EXAMPLES, `${name}.json`), '--json'];

  it.each(['sharded-counter', 'quiet-token', 'batch-pair'])('%s keeps its budget', async (name) => {
    const run = await millraceHere(line(name));
    expect(run.data()).toMatchObject({ holds: true });
    expect(run.exitCode).toBe(0);
  });

  it.each(['token', 'pair'])('%s breaks it', async (name) => {
    const run = await millraceHere(line(name));
    expect(run.data()).toMatchObject({ holds: false });
    expect(run.exitCode).toBe(1);
  });

  it('ends the process with 1 when a limit is broken', async () => {
    const run = await millrace(line('counter'));
    expect(run.data()).toMatchObject({
      holds: false,
      verdicts: [{ found: '1.00', holds: false }, { holds: false }],
    });
    expect(run.exitCode).toBe(1);
  });

  it('shows what changed since the run that was kept', async () => {
    const budget = join(cwd, 'mine.json');
    writeFileSync(budget, JSON.stringify({ limits: ['speedup >= 1'] }));
    await on(counter, `parallel check --budget ${budget} --update`);
    expect(existsSync(join(cwd, 'mine.last.json'))).toBe(true);
    const same = await on(counter, `parallel check --budget ${budget}`);
    expect(same.data()).toMatchObject({ changes: [] });
    const other = await on(token, `parallel check --budget ${budget}`);
    expect(other.data<{ changes: string[] }>().changes).toContain('wait at Counter.total: 39 → 0');
  });
});

describe('what is wrong gets a name', PATIENCE, () => {
  const refusal = async (line: string, options?: RunOptions) => {
    const run = await on(counter, line, options);
    return { ...run.error(), exitCode: run.exitCode };
  };
  const budgetOf = (text: string) => {
    const path = join(cwd, 'bad.json');
    writeFileSync(path, text);
    return `parallel check --budget ${path}`;
  };

  it.each([
    ['parallel analyze 12-3', 'INVALID_BLOCKS', 2],
    ['parallel analyze last many', 'INVALID_BLOCKS', 2],
    ['parallel graph 1-2', 'ONE_BLOCK_ONLY', 2],
    ['parallel analyze 99999', 'BLOCK_NOT_FOUND', 1],
    [`parallel analyze 0x${'12'.repeat(32)}`, 'TRANSACTION_NOT_FOUND', 1],
    ['parallel simulate --cores none', 'INVALID_CORES', 2],
    ['parallel simulate --rule solana', 'UNKNOWN_RULE', 1],
    ['parallel what-if --shard nothing', 'UNKNOWN_VARIABLE', 1],
    ['parallel what-if', 'MISSING_ARGUMENT', 2],
    ['parallel check', 'MISSING_ARGUMENT', 2],
    ['parallel check --budget nowhere.json', 'BAD_BUDGET', 1],
    ['parallel analyze --layout nowhere', 'LAYOUT_MISSING', 1],
    ['parallel analyze --label USDC', 'INVALID_LABEL', 2],
    ['parallel analyze --source guess', 'INVALID_SOURCE', 2],
    ['parallel report --html no/such/folder/page.html', 'CANNOT_WRITE', 1],
  ])('%s: %s', async (line, code, exitCode) => {
    expect(await refusal(line)).toMatchObject({ code, exitCode });
  });

  it.each([
    ['{', 'is not JSON'],
    ['{"limits": []}', 'at least one limit'],
    ['{"limits": ["be fast"]}', 'is no limit'],
    ['{"limits": ["no conflict"], "limit": 3}', 'the file'],
  ])('a budget %s: %s', async (text, words) => {
    const { code, shortMessage } = await refusal(budgetOf(text));
    expect(code).toBe('BAD_BUDGET');
    expect(shortMessage).toContain(words);
  });

  it.each([
    ['["node", "-e", "process.exit(3)"]', 'it ended with code 3'],
    ['["node", "-e", "console.log(42)"]', 'it printed “42”'],
    ['["no-such-program"]', 'ENOENT'],
  ])('a scenario %s: %s', async (scenario, words) => {
    const { code, shortMessage } = await refusal(
      budgetOf(`{"limits": ["no conflict"], "scenario": ${scenario}}`),
    );
    expect(code).toBe('SCENARIO_FAILED');
    expect(shortMessage).toContain(words);
  });

  it('a node that is not there', async () => {
    const run = await millraceHere(['parallel', 'analyze', '--rpc', 'http://127.0.0.1:9', '--json'], { cwd });
    expect(run.error()).toMatchObject({ code: 'RPC_UNREACHABLE', fault: 'network' });
    expect(run.exitCode).toBe(3);
  });
});

describe('Ctrl-C', PATIENCE, () => {
  let anvil: Anvil;
  beforeAll(async () => {
    anvil = await startAnvil();
    await createDevnetClient(anvil).mine({ blocks: 300 });
  });
  afterAll(() => anvil?.stop());

  it('leaves a report of what had been read, which says so', async () => {
    const controller = new AbortController();
    // In the middle, however fast the machine: how to ask is found in 70 questions, and a block takes one at least.
    let questions = 0;
    const proxy = await startRpcProxy(anvil.url, () => {
      if (++questions === 200) controller.abort();
    });
    const run = await millraceHere(['parallel', 'analyze', 'last', '300', '--rpc', proxy.url, '--json'], {
      cwd,
      signal: controller.signal,
    });
    await proxy.stop();
    const { isPartial, blocks } = run.data<{ isPartial: boolean; blocks: unknown[] }>();
    expect(isPartial).toBe(true);
    expect(blocks.length).toBeGreaterThan(0);
    expect(blocks.length).toBeLessThan(300);
    expect(run.exitCode).toBe(130);
  });
});
