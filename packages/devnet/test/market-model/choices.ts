import { encodeRoute } from '@millrace/protocol/market';
import { type Address, maxUint256, zeroAddress } from 'viem';
import type { OpenMarket } from './open-market.ts';
import type { Random } from './random.ts';

/** Draws the arguments of calls: mostly sensible, sometimes not. */
export class Choices {
  readonly random: Random;
  readonly deployed: OpenMarket;

  constructor(random: Random, deployed: OpenMarket) {
    this.random = random;
    this.deployed = deployed;
  }

  actor(): Address {
    return this.random.oneOf(this.deployed.actors);
  }

  /** Mostly the sender, sometimes anyone. */
  owner(sender: Address): Address {
    return this.random.onceIn(8) ? this.actor() : sender;
  }

  receiver(): Address {
    return this.random.onceIn(50) ? zeroAddress : this.actor();
  }

  /** The number of a collateral, sometimes of none. */
  collateral(): number {
    return this.random.onceIn(50) ? 2 + this.random.below(8) : this.random.below(2);
  }

  till(): number {
    const { stripes } = this.deployed.config;
    return this.random.onceIn(60) ? stripes : this.random.below(stripes);
  }

  /** None, or a few tills, sometimes twice the same, sometimes paid by the owner. */
  route(): bigint {
    const { random } = this;
    if (!random.onceIn(3)) return random.onceIn(30) ? encodeRoute([], true) : 0n;
    const tills = Array.from({ length: random.below(5) }, () => this.till());
    return encodeRoute(tills, random.onceIn(20));
  }

  /** Up to `size`, or next to nothing, or far too much. */
  amount(size: bigint): bigint {
    const { random } = this;
    if (random.onceIn(20)) return random.upTo(3n);
    if (random.onceIn(80)) return random.oneOf([2n ** 112n, 2n ** 128n, maxUint256]);
    return random.upTo(random.onceIn(4) ? size : size / 20n);
  }

  /** All of it, a part, a little more than there is, or next to nothing. */
  part(whole: bigint): bigint {
    const { random } = this;
    if (whole <= 0n) return random.upTo(10n ** 9n);
    if (random.onceIn(5)) return whole;
    if (random.onceIn(15)) return whole + 1n + random.upTo(5n);
    if (random.onceIn(20)) return random.upTo(3n);
    if (random.onceIn(100)) return random.oneOf([2n ** 128n - 1n, 2n ** 128n]);
    return random.upTo(whole);
  }
}
