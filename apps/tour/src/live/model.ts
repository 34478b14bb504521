import type { ReplayName } from '@millrace/devnet/prices';
import type { MachinePanel } from '../machines/machine-panel.ts';
import type { Tally } from '../replay/tally.ts';
import type { Tone } from './paint.ts';

/** One market as it is shown. Amounts are dollars with 6 decimals, rates wad a year. */
export type MarketPanel = {
  title: string;
  utilisation: bigint;
  borrowApr: bigint;
  supplyApr: bigint;
  supplied: bigint;
  owed: bigint;
  reserve: bigint;
  /** Assets per share, ray. */
  price: bigint;
  tills: readonly bigint[];
};

/** Borrowers whose health lies between two bounds. */
export type Band = { label: string; tone: Tone; count: number; debt: bigint };

/** Somebody who joined in, in one market. Amounts are dollars with 6 decimals, health is wad. */
export type GuestPanel = {
  name: string;
  market: string;
  lends: bigint;
  owes: bigint;
  pledged: readonly { symbol: string; decimals: number; amount: bigint }[];
  /** `undefined` without a debt. */
  health: bigint | undefined;
};

/** Something that happened. */
export type Happening = { unix: bigint; tone: Tone; text: string };

/** Everything the view shows. */
export type Model = {
  replay: ReplayName;
  /** Hours of the replay per second. */
  speed: number;
  paused: boolean;
  url: string;
  now: bigint;
  step: number;
  steps: number;
  blocks: number;
  /** Ether in dollars, 8 decimals, one for each step. */
  prices: readonly bigint[];
  startPrice: bigint;
  firstUnix: bigint;
  /** Liquidations at each step. */
  liquidations: readonly number[];
  markets: readonly MarketPanel[];
  bands: readonly Band[];
  happenings: readonly Happening[];
  guests: readonly GuestPanel[];
  /** None when the tour was asked for none. */
  machines: readonly MachinePanel[];
  tally: Tally;
  keeper: { pid: number | undefined; sent: number; passes: number; good: boolean; open: number };
  /** The first thing that did not hold. */
  violation: string | undefined;
};
