import { RAY, WAD } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { NO_TALLY } from '../replay/tally.ts';
import { toBands } from './bands.ts';
import { followMachines } from './follow.ts';
import { renderFrame } from './frame.ts';
import type { MarketPanel, Model } from './model.ts';
import { createPaint, widthOf } from './paint.ts';
import { breakLine, plainLine } from './plain-line.ts';

const PLAIN = createPaint(false);
const COLOUR = createPaint(true);

const PANEL: MarketPanel = {
  title: 'USDC against WETH',
  utilisation: (WAD * 3n) / 4n,
  borrowApr: WAD / 20n,
  supplyApr: WAD / 30n,
  supplied: 38_200_000_000_000n,
  owed: 30_000_000_000_000n,
  reserve: 1_234_560_000n,
  price: (RAY * 98n) / 100n,
  tills: Array.from({ length: 64 }, (_, k) => BigInt(k % 5)),
};

const MODEL: Model = {
  replay: '2020-03',
  speed: 2,
  paused: false,
  url: 'http://127.0.0.1:8545',
  now: 1_584_009_000n,
  step: 213,
  steps: 672,
  blocks: 426,
  prices: Array.from({ length: 214 }, (_, k) => 23_700_000_000n - BigInt(k) * 50_000_000n),
  startPrice: 23_723_000_000n,
  firstUnix: 1_583_625_600n,
  liquidations: Array.from({ length: 214 }, (_, k) => (k % 40 === 0 ? 3 : 0)),
  markets: [PANEL, { ...PANEL, title: 'USDC against WETH + DAI' }],
  bands: toBands([
    { health: WAD - 1n, debt: 5_000_000_000n },
    { health: WAD, debt: 7_000_000_000n },
    { health: 3n * WAD, debt: 1_000_000_000n },
    { health: undefined, debt: 0n },
  ]),
  happenings: [
    { unix: 1_584_009_000n, tone: 'bad', text: '0x1234…abcd bad debt $12.00: reserve $0.00, lenders $12.00' },
  ],
  guests: [
    { name: 'alice', market: 'mrUSDC-E', lends: 1_000_000_000n, owes: 0n, pledged: [], health: undefined },
    {
      name: 'bob',
      market: 'mrUSDC-E',
      lends: 0n,
      owes: 1_000_004_000n,
      pledged: [{ symbol: 'WETH', decimals: 18, amount: 10n * WAD }],
      health: (WAD * 165n) / 100n,
    },
  ],
  machines: [
    {
      name: 'laptop',
      region: 'FI',
      energy: 'wind',
      slots: 1,
      state: 'open',
      jobs: 12,
      earned: 1_234n,
      work: '50 digits',
    },
    {
      name: 'server',
      region: 'US',
      energy: 'hydro',
      slots: 2,
      state: 'ended',
      jobs: 3,
      earned: 400n,
      work: '',
    },
    {
      name: 'workstation',
      region: 'DE',
      energy: 'grid',
      slots: 1,
      state: 'starting',
      jobs: 0,
      earned: 0n,
      work: '',
    },
  ],
  tally: { ...NO_TALLY, liquidations: 44, badDebt: 829_690_903_832n, lenderLoss: 827_634_217_754n },
  keeper: { pid: 4711, sent: 12, passes: 213, good: true, open: 2 },
  violation: undefined,
};

describe('renderFrame', () => {
  it.each([
    [20, 5],
    [40, 10],
    [60, 24],
    [80, 24],
    [80, 50],
    [95, 30],
    [96, 30],
    [120, 44],
    [220, 60],
  ])('fits %i columns and %i rows, in colour too', (columns, rows) => {
    for (const paint of [PLAIN, COLOUR]) {
      const lines = renderFrame(MODEL, { columns, rows }, paint);
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    }
  });

  it('shows the same with colour and without', () => {
    const size = { columns: 120, rows: 44 };
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
    const bare = renderFrame(MODEL, size, COLOUR).map((line) => line.replace(escapes, ''));
    expect(bare).toEqual(renderFrame(MODEL, size, PLAIN));
  });

  it.each([
    ['the replay and its date', '12 Mar 2020 10:30 UTC'],
    ['the price', '$130.50'],
    ['how far it fell', '▼ 44.9 %'],
    ['utilisation', '75.00%'],
    ['both rates', 'borrow 5.00%   lend 3.33%'],
    ['the price of a share, rounded down', '$0.98000'],
    ['bands of health', 'below 1.00      1'],
    ['what it has come to', '44 liquidations'],
    ['bad debt, rounded up', 'bad debt $829.70k'],
    ['what lenders lost', 'lenders lost $827.64k'],
    ['what happened', '0x1234…abcd bad debt'],
    ['who joined in and lends', 'alice in mrUSDC-E  lends $1,000.00'],
    ['who joined in and borrowed', 'bob in mrUSDC-E  10 WETH pledged  ·  owes $1,000.01  ·  health 1.65'],
    ['the keeper', 'process 4711'],
    [
      'a machine, what it earned and does',
      '● laptop      FI · wind · 1 slot    12 jobs   earned 0.001234 USDC',
    ],
    ['what a machine works on', '50 digits'],
    ['a machine that ended', 'earned 0.0004 USDC    has ended'],
    ['a machine that starts', '○ workstation DE · grid · 1 slot    starting …'],
    ['dry tills', '13 of 64 tills dry'],
    ['how to join', 'npm run -s millrace -- market list'],
  ])('shows %s', (_what, text) => {
    expect(renderFrame(MODEL, { columns: 130, rows: 50 }, PLAIN).join('\n')).toContain(text);
  });

  it('keeps the figures when there is little room', () => {
    const text = renderFrame(MODEL, { columns: 60, rows: 12 }, PLAIN).join('\n');
    expect(text).toContain('ETH $130.50');
    expect(text).toContain('44 liquidations');
  });

  it('has all machines on one line when there is little room', () => {
    const text = renderFrame(MODEL, { columns: 80, rows: 24 }, PLAIN).join('\n');
    expect(text).toContain('● laptop ● server ○ workstation  15 jobs, earned 0.001634 USDC');
    const none = renderFrame({ ...MODEL, machines: [] }, { columns: 80, rows: 50 }, PLAIN).join('\n');
    expect(none).not.toContain('Machines');
  });

  it('says when it is paused, over, or when something did not hold', () => {
    const at = (changes: Partial<Model>) =>
      renderFrame({ ...MODEL, ...changes }, { columns: 120, rows: 44 }, PLAIN).join('\n');
    expect(at({ paused: true })).toContain('paused');
    expect(at({ step: 672 })).toContain('the replay is over');
    expect(at({ violation: 'MKT-01 does not hold' })).toContain('MKT-01 does not hold');
  });

  it('works before the first block', () => {
    const empty = {
      ...MODEL,
      prices: [MODEL.startPrice],
      liquidations: [],
      markets: [],
      bands: [],
      happenings: [],
      step: 0,
    };
    expect(renderFrame(empty, { columns: 100, rows: 30 }, PLAIN).join('\n')).toContain('ETH $237.23');
  });
});

describe('plainLine', () => {
  it('tells what machines earned, and names those that ended', () => {
    expect(plainLine(MODEL)).toContain('1 of 3 machines earned 0.001634 USDC, server has ended');
    expect(plainLine({ ...MODEL, machines: [] })).not.toContain('machines');
  });
});

describe('followMachines', () => {
  it('tells the news in their order, at the time of the replay, and forgets the oldest', () => {
    const news = Array.from({ length: 70 }, (_, k) => ({ tone: 'plain', text: `job ${k}` }) as const);
    const { happenings, machines } = followMachines(MODEL, [], news);
    expect(happenings).toHaveLength(60);
    expect(happenings.at(-1)).toEqual({ unix: MODEL.now, tone: 'plain', text: 'job 69' });
    expect(machines).toEqual([]);
  });
});

describe('breakLine', () => {
  it('breaks between parts, never inside one', () => {
    expect(breakLine('12 Mar 2020  ETH $120.00  3 liquidations', 26)).toBe(
      '12 Mar 2020  ETH $120.00\n3 liquidations',
    );
    expect(breakLine('a part that is too long  b', 4)).toBe('a part that is too long\nb');
    expect(breakLine('a  b', Number.POSITIVE_INFINITY)).toBe('a  b');
  });
});
