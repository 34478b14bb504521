import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { millraceHere as millrace } from './run-here.ts';

const cwd = mkdtempSync(join(tmpdir(), 'millrace-cli-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('the command line', () => {
  it('explains itself without arguments', async () => {
    const run = await millrace([], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Usage: millrace');
    expect(run.stdout).toContain('Exit codes');
    expect(run.stdout).not.toContain('\u001b[');
  });

  it('shows examples and global options in the help of a verb', async () => {
    const { stdout, exitCode } = await millrace(['dev', 'price', '--help'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('$ millrace dev price WETH=-30%');
    expect(stdout).toContain('--rpc <url>');
  });

  it('suggests the nearest command', async () => {
    const run = await millrace(['maket', 'list', '--json'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.error()).toMatchObject({ code: 'UNKNOWN_COMMAND', exitCode: 2, fault: 'user' });
    expect(run.error().hint).toContain('Did you mean market?');
  });

  it('suggests the nearest option', async () => {
    const run = await millrace(['dev', 'up', '--prot', '1', '--json'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.error().code).toBe('UNKNOWN_OPTION');
    expect(run.error().hint).toContain('--port');
  });

  it.each([
    [['key'], 'MISSING_COMMAND'],
    [['key', 'new'], 'MISSING_ARGUMENT'],
    [['dev', 'down', 'now'], 'TOO_MANY_ARGUMENTS'],
    [['dev', 'up', '--port', 'http'], 'INVALID_OPTION'],
    [['market', 'list', '--rpc', 'localhost'], 'INVALID_RPC_URL'],
    [['market', 'list', '--chain', 'one'], 'INVALID_OPTION'],
    [['market', 'list', '--timeout', '0'], 'INVALID_OPTION'],
  ])('%j is wrong usage: %s', async (args, code) => {
    const run = await millrace([...args, '--json'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.error().code).toBe(code);
  });

  it('says errors to people in two lines', async () => {
    const run = await millrace(['dev', 'fund', '1', 'USDC', 'alice'], { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(
      /^✗ There is no node to talk to\. \[NO_NODE\]\n {2}Start a local chain with `millrace dev up`/,
    );
  });
});

describe('the configuration', () => {
  const write = (text: string) => writeFileSync(join(cwd, 'millrace.config.json'), text);
  afterAll(() => rmSync(join(cwd, 'millrace.config.json'), { force: true }));

  it.each([
    ['{\n  "rpc": "http://127.0.0.1:1",\n  "chain": "one"\n}', 3, 3, /“chain”: must be a chain id/],
    ['{\n  "rpc": "ftp://x"\n}', 2, 3, /“rpc”: must be an http\(s\) URL/],
    ['{\n\n  "colour": true }', 3, 3, /“colour”: no such setting/],
    ['{\n  "rpc" "http://x"\n}', 2, 9, /colon expected/],
    ['', 1, 1, /the file is empty|value expected/],
  ])('names the line of %j', async (text, line, column, reason) => {
    write(text);
    const run = await millrace(['dev', 'status', '--json'], { cwd });
    expect(run.exitCode).toBe(1);
    const error = run.error();
    expect(error).toMatchObject({ code: 'CONFIG_MALFORMED', details: { line, column } });
    expect(error.shortMessage).toMatch(reason);
    expect(error.shortMessage).toContain(`millrace.config.json:${line}:${column}`);
    expect(error.hint).toContain('Known settings: ');
  });

  it('says that a file somebody named does not exist', async () => {
    const run = await millrace(['dev', 'status', '--json', '--config', 'nowhere.json'], { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.error().code).toBe('CONFIG_MISSING');
  });

  it('is overruled by the environment, and that by an option', async () => {
    write('{ "state": "from-file" }');
    const state = async (args: string[], env = {}) =>
      (await millrace(['dev', 'status', '--json', ...args], { cwd, env })).data<{ state: string }>().state;
    expect(await state([])).toBe(join(cwd, 'from-file'));
    expect(await state([], { MILLRACE_HOME: 'from-env' })).toBe(join(cwd, 'from-env'));
    expect(await state(['--state', 'from-option'], { MILLRACE_HOME: 'from-env' })).toBe(
      join(cwd, 'from-option'),
    );
  });
});
