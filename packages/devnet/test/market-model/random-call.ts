import {
  type Call,
  debtOf,
  type MarketState,
  positionOf,
  sharesOf,
  worthDown,
} from '@millrace/protocol/market';
import { type Address, maxUint256, zeroAddress } from 'viem';
import type { Choices } from './choices.ts';
import { FLASH_RECEIVER } from './people.ts';
import { healthOf, survey } from './survey.ts';

/** What a call is chosen for: the market as it is, who asks, and when. */
type Moment = { readonly state: MarketState; readonly sender: Address; readonly time: bigint };

/** Something that `sender` might ask of the market. */
export function randomCall(choices: Choices, moment: Moment): Call {
  const { random } = choices;
  const { victims, debtors } = survey(moment.state, choices.deployed.actors, moment.time);
  if (victims.length > 0 && !random.onceIn(3)) return liquidation(choices, moment, random.oneOf(victims));
  const makers = [
    supply,
    supply,
    exit,
    exit,
    pledge,
    pledge,
    release,
    loan,
    loan,
    repayment,
    flash,
    upkeep,
    upkeep,
    permission,
  ];
  const maker = random.oneOf(debtors.length < 2 ? [...makers, pledge, loan, loan, loan] : makers);
  return random.onceIn(30) ? liquidation(choices, moment, choices.actor()) : maker(choices, moment);
}

/** Mostly one of those for whom the call means something. */
function someone({ random, ...choices }: Choices, sender: Address, able: readonly Address[]): Address {
  if (able.length === 0 || random.onceIn(8)) return sender;
  return able.includes(sender) || random.onceIn(8)
    ? sender
    : random.oneOf([...able, ...choices.deployed.actors]);
}

function supply(choices: Choices, { sender }: Moment): Call {
  const owner = choices.random.onceIn(60) ? zeroAddress : choices.owner(sender);
  if (choices.random.onceIn(4)) return { kind: 'mint', shares: choices.amount(10n ** 12n), owner };
  return { kind: 'supply', assets: choices.amount(10n ** 12n), owner, route: choices.route() };
}

function exit(choices: Choices, { state, sender, time }: Moment): Call {
  const { lenders } = survey(state, choices.deployed.actors, time);
  if (lenders.length === 0) return supply(choices, { state, sender, time });
  const owner = someone(choices, sender, lenders);
  const to = { owner, receiver: choices.receiver(), route: choices.route() };
  const shares = sharesOf(state, owner);
  if (choices.random.onceIn(2)) return { kind: 'redeem', shares: choices.part(shares), ...to };
  return { kind: 'withdraw', assets: choices.part(worthDown(shares, state.accrual.price)), ...to };
}

function pledge(choices: Choices, { state, sender }: Moment): Call {
  const index = choices.collateral();
  const price = state.quotes[index]?.ask || 10n ** 27n;
  const value = choices.amount(10n ** 11n);
  const amount = value === maxUint256 ? value : (value * 10n ** 36n) / price;
  return { kind: 'supplyCollateral', index, amount, owner: choices.owner(sender), route: choices.route() };
}

function release(choices: Choices, { state, sender, time }: Moment): Call {
  const { pledgers } = survey(state, choices.deployed.actors, time);
  const owner = someone(choices, sender, pledgers);
  const { collaterals } = positionOf(state, owner);
  const index = choices.random.onceIn(4) ? choices.collateral() : firstHeld(collaterals);
  const to = { owner, receiver: choices.receiver(), route: choices.route() };
  return { kind: 'withdrawCollateral', index, amount: choices.part(collaterals[index] ?? 0n), ...to };
}

function loan(choices: Choices, { state, sender, time }: Moment): Call {
  const { random } = choices;
  const { pledgers } = survey(state, choices.deployed.actors, time);
  if (pledgers.length === 0) return pledge(choices, { state, sender, time });
  const owner = someone(choices, sender, pledgers);
  const room = healthOf(state, owner, time).capacity - debtOf(state, owner, time);
  const assets = random.onceIn(2) && room > 0n ? room - 1n + random.upTo(2n) : choices.part(room);
  return { kind: 'borrow', assets, owner, receiver: choices.receiver(), route: choices.route() };
}

function repayment(choices: Choices, { state, sender, time }: Moment): Call {
  const { debtors } = survey(state, choices.deployed.actors, time);
  const { random } = choices;
  const owner = debtors.length > 0 && !random.onceIn(10) ? random.oneOf(debtors) : sender;
  const assets = random.onceIn(4) ? maxUint256 : choices.part(debtOf(state, owner, time));
  return { kind: 'repay', assets, owner, route: choices.route() };
}

function liquidation(choices: Choices, { state }: Moment, owner: Address): Call {
  const { random } = choices;
  const index = random.onceIn(4) ? choices.collateral() : firstHeld(positionOf(state, owner).collaterals);
  const maxRepay = random.onceIn(4) ? choices.amount(10n ** 11n) : 10n ** 20n;
  return { kind: 'liquidate', owner, index, maxRepay, route: choices.route() };
}

/** With a checkpoint or another call in the middle of it, as the receiver. */
function flash(choices: Choices, { state, time }: Moment): Call {
  const { random } = choices;
  const { tokens } = choices.deployed;
  const liquid = state.tills[0]?.reduce((sum, held) => sum + held, 0n) ?? 0n;
  const meanwhile: Call[] = [];
  if (random.onceIn(3)) meanwhile.push({ kind: 'checkpoint' });
  if (random.onceIn(3)) meanwhile.push(randomCall(choices, { state, sender: FLASH_RECEIVER, time }));
  const token = (random.onceIn(15) ? tokens[1] : tokens[0]) ?? zeroAddress;
  const amount = choices.part(random.onceIn(2) ? liquid : liquid / 1000n);
  return { kind: 'flashLoan', receiver: FLASH_RECEIVER, token, amount, route: choices.route(), meanwhile };
}

function upkeep(choices: Choices, { state }: Moment): Call {
  const { random } = choices;
  if (random.onceIn(5)) return { kind: 'settle' };
  if (!random.onceIn(4)) return { kind: 'checkpoint' };
  const token = random.below(3);
  const tills = state.tills[token] ?? [];
  const fullest = tills.reduce((best, held, j) => (held > (tills[best] ?? 0n) ? j : best), 0);
  return { kind: 'rebalance', token, from: random.onceIn(4) ? choices.till() : fullest, to: choices.till() };
}

function permission(choices: Choices, { state, sender, time }: Moment): Call {
  const { random } = choices;
  const other = choices.actor();
  const value = choices.part(sharesOf(state, sender));
  switch (random.below(4)) {
    case 0: {
      const expiry = random.onceIn(30) ? 2n ** 64n : time + random.upTo(10n ** 7n);
      return { kind: 'setOperator', operator: other, scope: BigInt(random.below(17)), expiry };
    }
    case 1:
      return { kind: 'approve', spender: other, value: random.onceIn(3) ? maxUint256 : value };
    case 2:
      return { kind: 'transfer', to: choices.receiver(), value };
    default: {
      const from = choices.owner(other);
      return { kind: 'transferFrom', from, to: other, value: choices.part(sharesOf(state, from)) };
    }
  }
}

function firstHeld(collaterals: readonly bigint[]): number {
  return Math.max(
    0,
    collaterals.findIndex((amount) => amount !== 0n),
  );
}
