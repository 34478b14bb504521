import {
  type Call,
  computeHealth,
  debtOf,
  encodeRoute,
  type MarketState,
  positionOf,
  type Quote,
  sharesOf,
  worthDown,
} from '@millrace/protocol/market';
import { type Address, maxUint256, zeroAddress } from 'viem';
import type { Deployed } from './deploy-market.ts';
import type { Random } from './random.ts';
import type { Action, Step } from './step.ts';

const GAPS = [1n, 1n, 2n, 13n, 60n, 61n, 600n, 3_600n, 3_601n, 40_000n, 90_000n, 700_000n];
/** Of one base unit of each collateral in base units of the asset, × 1e36: 2 000 and 50 000 to the whole. */
const PRICES = [2n * 10n ** 27n, 5n * 10n ** 38n] as const;
/** What the oracle of each collateral keeps exactly: it has 36 significant digits. */
const GRAINS = [1n, 10n ** 6n] as const;

/** Chooses steps that mostly mean something in the state they find, and sometimes do not. */
export class StepMaker {
  private readonly random: Random;
  private readonly deployed: Deployed;

  constructor(random: Random, deployed: Deployed) {
    this.random = random;
    this.deployed = deployed;
  }

  next(state: MarketState, now: bigint): Step {
    const time = now + this.random.oneOf(GAPS);
    const sender = this.actor();
    return { time, sender, action: this.action(state, sender, time) };
  }

  private action(state: MarketState, sender: Address, time: bigint): Action {
    const { random } = this;
    if (state.quotes.some(({ ask }) => ask === 0n) && !random.onceIn(3)) return this.price(state);
    if (random.onceIn(8)) return this.price(state);
    if (random.onceIn(25)) return { kind: 'donate', ...this.donation(state) };
    if (random.onceIn(60)) return { kind: 'pause', durationSeconds: random.upTo(4n * 86_400n) };
    if (random.onceIn(60)) return { kind: 'unpause' };
    if (random.onceIn(12)) return { kind: 'multicall', calls: this.calls(state, sender, time) };
    return { kind: 'call', call: this.call(state, sender, time) };
  }

  private calls(state: MarketState, sender: Address, time: bigint): Call[] {
    const calls = Array.from({ length: 1 + this.random.below(3) }, () => this.call(state, sender, time));
    return this.random.onceIn(2) ? [...calls, { kind: 'checkpoint' }] : calls;
  }

  private call(state: MarketState, sender: Address, time: bigint): Call {
    const victim = this.victim(state, time);
    if (victim && !this.random.onceIn(3)) return this.liquidation(state, victim);
    const makers = [
      () => this.supply(sender),
      () => this.supply(sender),
      () => this.exit(state, sender),
      () => this.exit(state, sender),
      () => this.pledge(state, sender),
      () => this.pledge(state, sender),
      () => this.release(state, sender),
      () => this.loan(state, sender, time),
      () => this.loan(state, sender, time),
      () => this.loan(state, sender, time),
      () => this.repayment(state, sender, time),
      () => this.repayment(state, sender, time),
      () => this.liquidation(state, this.owner(sender)),
      () => this.flash(state, time),
      () => this.upkeep(state),
      () => this.upkeep(state),
      () => this.permission(state, sender, time),
    ];
    return this.random.oneOf(makers)();
  }

  private supply(sender: Address): Call {
    const { random } = this;
    const owner = random.onceIn(40) ? zeroAddress : this.owner(sender);
    if (random.onceIn(4)) return { kind: 'mint', shares: this.amount(10n ** 12n), owner };
    return { kind: 'supply', assets: this.amount(10n ** 12n), owner, route: this.route() };
  }

  private exit(state: MarketState, sender: Address): Call {
    const owner = this.owner(sender);
    const receiver = this.receiver();
    const shares = sharesOf(state, owner);
    const route = this.route();
    if (this.random.onceIn(2)) return { kind: 'redeem', shares: this.part(shares), receiver, owner, route };
    const assets = this.part(worthDown(shares, state.accrual.price));
    return { kind: 'withdraw', assets, receiver, owner, route };
  }

  private pledge(state: MarketState, sender: Address): Call {
    const index = this.kind();
    const owner = this.owner(sender);
    const price = state.quotes[index]?.ask || PRICES[0];
    const amount = (this.amount(10n ** 11n) * 10n ** 36n) / price;
    return { kind: 'supplyCollateral', index, amount, owner, route: this.route() };
  }

  private release(state: MarketState, sender: Address): Call {
    const index = this.kind();
    const owner = this.owner(sender);
    const held = positionOf(state, owner).collaterals[index] ?? 0n;
    const receiver = this.receiver();
    return {
      kind: 'withdrawCollateral',
      index,
      amount: this.part(held),
      receiver,
      owner,
      route: this.route(),
    };
  }

  private loan(state: MarketState, sender: Address, time: bigint): Call {
    const owner = this.owner(sender);
    const { capacity } = healthOf(state, owner, time);
    const room = capacity - debtOf(state, owner, time);
    const { random } = this;
    const assets = random.onceIn(3) ? (room > 0n ? room : 0n) + random.upTo(2n) : this.part(room);
    return { kind: 'borrow', assets, receiver: this.receiver(), owner, route: this.route() };
  }

  private repayment(state: MarketState, sender: Address, time: bigint): Call {
    const owner = this.owner(sender);
    const owed = debtOf(state, owner, time);
    const assets = this.random.onceIn(4) ? maxUint256 : this.part(owed);
    return { kind: 'repay', assets, owner, route: this.route() };
  }

  private liquidation(state: MarketState, owner: Address): Call {
    const held = positionOf(state, owner).collaterals;
    const index = this.random.onceIn(4)
      ? this.kind()
      : Math.max(
          0,
          held.findIndex((amount) => amount !== 0n),
        );
    const maxRepay = this.random.onceIn(4) ? this.amount(10n ** 11n) : 10n ** 15n;
    return { kind: 'liquidate', owner, index, maxRepay, route: this.route() };
  }

  private flash(state: MarketState, time: bigint): Call {
    const { receiver, tokens } = this.deployed;
    const { random } = this;
    const liquid = state.tills[0]?.reduce((sum, held) => sum + held, 0n) ?? 0n;
    const token = (random.onceIn(15) ? tokens[1] : tokens[0]) ?? zeroAddress;
    const meanwhile: Call[] = [];
    if (random.onceIn(3)) meanwhile.push({ kind: 'checkpoint' });
    if (random.onceIn(3)) meanwhile.push(this.call(state, receiver, time));
    const amount = this.part(liquid);
    return { kind: 'flashLoan', receiver, token, amount, route: this.route(), meanwhile };
  }

  private upkeep(state: MarketState): Call {
    const { random } = this;
    if (random.onceIn(5)) return { kind: 'settle' };
    if (!random.onceIn(4)) return { kind: 'checkpoint' };
    const token = random.below(3);
    const tills = state.tills[token] ?? [];
    const fullest = tills.reduce((best, held, j) => (held > (tills[best] ?? 0n) ? j : best), 0);
    return { kind: 'rebalance', token, from: random.onceIn(4) ? this.till() : fullest, to: this.till() };
  }

  private permission(state: MarketState, sender: Address, time: bigint): Call {
    const { random } = this;
    const other = this.actor();
    const value = this.part(sharesOf(state, sender));
    switch (random.below(4)) {
      case 0:
        return {
          kind: 'setOperator',
          operator: other,
          scope: BigInt(random.below(17)),
          expiry: time + random.upTo(10n ** 6n),
        };
      case 1:
        return { kind: 'approve', spender: other, value: random.onceIn(3) ? maxUint256 : value };
      case 2:
        return { kind: 'transfer', to: other, value };
      default:
        return {
          kind: 'transferFrom',
          from: other,
          to: this.actor(),
          value: this.part(sharesOf(state, other)),
        };
    }
  }

  private price(state: MarketState): Action {
    const { random } = this;
    const index = random.below(2);
    const last = state.quotes[index]?.ask ?? 0n;
    return {
      kind: 'price',
      index,
      quote: rounded(this.quote(last === 0n ? (PRICES[index] ?? 0n) : last), GRAINS[index] ?? 1n),
    };
  }

  private quote(last: bigint): Quote {
    const { random } = this;
    if (random.onceIn(30)) return { bid: 0n, ask: random.onceIn(2) ? 0n : last };
    const percent = random.onceIn(4) ? 25n + random.upTo(50n) : 90n + random.upTo(30n);
    const ask = (last * percent) / 100n + random.upTo(9n);
    const bid = random.onceIn(3) ? (ask * (97n + random.upTo(3n))) / 100n : ask;
    return { bid, ask };
  }

  private donation(state: MarketState) {
    const token = this.random.below(state.tills.length);
    return { token, till: this.random.below(state.config.stripes), amount: this.random.upTo(10n ** 10n) };
  }

  /** Somebody who may be liquidated. */
  private victim(state: MarketState, time: bigint): Address | undefined {
    const victims = this.deployed.actors.filter((owner) => {
      const { healthWad } = healthOf(state, owner, time);
      return healthWad !== undefined && healthWad < 10n ** 18n;
    });
    return victims.length === 0 ? undefined : this.random.oneOf(victims);
  }

  private actor(): Address {
    return this.random.oneOf(this.deployed.actors);
  }

  /** Mostly the sender. */
  private owner(sender: Address): Address {
    return this.random.onceIn(6) ? this.actor() : sender;
  }

  private receiver(): Address {
    return this.random.onceIn(50) ? zeroAddress : this.actor();
  }

  private kind(): number {
    return this.random.onceIn(50) ? 2 + this.random.below(8) : this.random.below(2);
  }

  private till(): number {
    const { stripes } = this.deployed.config;
    return this.random.onceIn(40) ? stripes : this.random.below(stripes);
  }

  /** None, or a few tills, sometimes twice the same. */
  private route(): bigint {
    const { random } = this;
    if (!random.onceIn(3)) return random.onceIn(20) ? 1n : 0n;
    const tills = Array.from({ length: random.below(5) }, () => this.till());
    return encodeRoute(tills, random.onceIn(10));
  }

  /** Around `size`, or next to nothing, or far too much. */
  private amount(size: bigint): bigint {
    const { random } = this;
    if (random.onceIn(12)) return random.upTo(3n);
    if (random.onceIn(60)) return random.oneOf([2n ** 112n, 2n ** 128n, maxUint256]);
    return random.upTo(random.onceIn(4) ? size : size / 20n);
  }

  /** All of it, a part, a little more than there is, or next to nothing. */
  private part(whole: bigint): bigint {
    const { random } = this;
    if (random.onceIn(5)) return whole;
    if (random.onceIn(12)) return whole + 1n + random.upTo(5n);
    if (random.onceIn(12)) return random.upTo(3n);
    if (random.onceIn(80)) return random.oneOf([2n ** 128n - 1n, 2n ** 128n]);
    return random.upTo(whole);
  }
}

function rounded({ bid, ask }: Quote, grain: bigint): Quote {
  return { bid: bid - (bid % grain), ask: ask - (ask % grain) };
}

function healthOf(state: MarketState, owner: Address, time: bigint) {
  const { collaterals } = positionOf(state, owner);
  const holdings = state.config.collaterals.map((terms, i) => {
    const { bid, ask } = state.quotes[i] ?? { bid: 0n, ask: 0n };
    return { ...terms, bid, ask, amount: collaterals[i] ?? 0n };
  });
  return computeHealth({ debt: debtOf(state, owner, time), holdings });
}
