import { bpsToWad } from '../../units/fixed-point.ts';
import { formatPercent, formatTokens, type Side } from '../../units/presets.ts';
import type { ErrorContext, TokenFacts } from '../error-context.ts';

const ACTIONS = ['supply', 'hold shares', 'borrow', 'liquidate'];
const SCOPES = ['withdraw', 'borrow', 'manage collateral', 'pay'];

/** Puts the arguments of one error into words. Arguments are named as in the ABI. */
export class Speaker {
  readonly #args: Readonly<Record<string, unknown>>;
  readonly #context: ErrorContext;

  constructor(args: Readonly<Record<string, unknown>>, context: ErrorContext) {
    this.#args = args;
    this.#context = context;
  }

  /** An amount of the loan asset. What is needed or owed rounds up: side `debt`. */
  asset(name: string, side: Side = 'asset'): string {
    return amount(this.#number(name), this.#context.asset, side);
  }

  /** An amount of the collateral whose number is in another argument. */
  collateral(name: string, index: string, side: Side = 'asset'): string {
    return amount(this.#number(name), this.#collateral(index), side);
  }

  /** An amount of the token whose address is in another argument. */
  token(name: string, token: string, side: Side = 'asset'): string {
    return amount(this.#number(name), this.#tokenAt(token), side);
  }

  /** The symbol of the token whose address is in an argument, else its address. */
  tokenName(name: string): string {
    return this.#tokenAt(name)?.symbol ?? this.address(name);
  }

  /** The symbol of a collateral, else its number. */
  collateralName(index: string): string {
    return this.#collateral(index)?.symbol ?? `collateral ${this.count(index)}`;
  }

  /** A whole number with separators. */
  count(name: string): string {
    return separated(this.#number(name));
  }

  /** Basis points as a percentage. */
  percent(name: string): string {
    return formatPercent(bpsToWad(this.#number(name)), 'asset');
  }

  /** A wad as a percentage. */
  percentOfWad(name: string): string {
    return formatPercent(this.#number(name), 'asset');
  }

  /** A point in time, in UTC. */
  time(name: string): string {
    const milliseconds = Number(this.#number(name)) * 1_000;
    if (Math.abs(milliseconds) > 8.64e15) return 'the end of time';
    return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  }

  /** A number of seconds in the largest unit that fits. */
  duration(name: string): string {
    const seconds = this.#number(name);
    for (const [size, unit] of [
      [86_400n, 'days'],
      [3_600n, 'hours'],
      [60n, 'minutes'],
    ] as const) {
      if (seconds >= size && seconds % size === 0n) return `${separated(seconds / size)} ${unit}`;
    }
    return `${separated(seconds)} seconds`;
  }

  /** An address, shortened. */
  address(name: string): string {
    const text = String(this.#args[name]);
    return `${text.slice(0, 6)}…${text.slice(-4)}`;
  }

  /** Text in 32 bytes. */
  text(name: string): string {
    const hex = String(this.#args[name]).slice(2);
    const codes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
    return String.fromCharCode(...codes.filter((code) => code >= 32 && code < 127));
  }

  /** What a gate was asked. */
  action(name: string): string {
    return ACTIONS[Number(this.#number(name))] ?? `do action ${this.count(name)}`;
  }

  /** What an operator needs to be allowed. */
  scope(name: string): string {
    const bits = this.#number(name);
    return SCOPES.filter((_, i) => (bits >> BigInt(i)) & 1n).join(' and ') || 'act';
  }

  /** The argument as it is, for text that a contract wrote. */
  raw(name: string): string {
    return String(this.#args[name]);
  }

  #number(name: string): bigint {
    const value = this.#args[name];
    return typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
  }

  #collateral(index: string): TokenFacts | undefined {
    return this.#context.collaterals?.[Number(this.#number(index))];
  }

  #tokenAt(name: string): TokenFacts | undefined {
    const address = String(this.#args[name]).toLowerCase();
    const { asset, collaterals = [] } = this.#context;
    return [asset, ...collaterals].find((token) => token?.address.toLowerCase() === address);
  }
}

function amount(value: bigint, token: TokenFacts | undefined, side: Side): string {
  if (token === undefined) return `${separated(value)} base units`;
  return formatTokens(value, token.decimals, side, token.symbol);
}

function separated(value: bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
