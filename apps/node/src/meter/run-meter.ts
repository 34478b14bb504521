import { greatest } from '@millrace/protocol';
import { NO_WORK, type Work } from '@millrace/protocol/compute';

/** Reports older than this say little about what a job has done since, milliseconds. */
const SILENT_AFTER = 200;

/** Counts what one job has done here: its fuel as it tells it, its time by the clock without pauses. */
export class RunMeter {
  private readonly mostFuel: bigint;
  /** Of one slot. */
  private readonly fuelPerMillisecond: bigint;
  /** What was spent elsewhere before. */
  private readonly startFuel: bigint;
  private fuel: bigint;
  private elapsed: number;
  private since: number | undefined;
  private reportedAt = 0;
  /** Claimed by an attempt that was ended because nobody paid. */
  private least: Work = NO_WORK;

  constructor(options: {
    mostFuel: bigint;
    fuelPerSecond: bigint;
    startFuel?: bigint | undefined;
    /** Worked here before a restart. */
    fuel?: bigint | undefined;
    microseconds?: bigint | undefined;
  }) {
    this.mostFuel = options.mostFuel;
    this.fuelPerMillisecond = options.fuelPerSecond / 1_000n;
    this.startFuel = options.startFuel ?? 0n;
    this.fuel = options.fuel ?? this.startFuel;
    this.elapsed = Number(options.microseconds ?? 0n) / 1_000;
  }

  /** Another attempt, from the start or from a checkpoint. What was claimed stands until it has done more. */
  restart(from: { fuel: bigint; microseconds: bigint } | undefined): void {
    this.fuel = from?.fuel ?? this.startFuel;
    this.elapsed = Number(from?.microseconds ?? 0n) / 1_000;
    this.since = undefined;
  }

  /** Work that was lost stays claimed: else a payer who does not pay would have it again and again. */
  keepClaim(now: number): void {
    this.least = this.work(now);
  }

  /** The clock runs. */
  go(now: number): void {
    this.since ??= now;
    this.reportedAt = now;
  }

  /** The clock stands. */
  halt(now: number): void {
    if (this.since !== undefined) this.elapsed += now - this.since;
    this.since = undefined;
  }

  /** The job has told what it has spent. */
  report(fuel: bigint, now: number): void {
    if (fuel > this.fuel) this.fuel = fuel;
    this.reportedAt = now;
  }

  /** As the job last told, whole, what was spent elsewhere included. */
  get reported(): bigint {
    return this.fuel;
  }

  /** Fuel that it spends in a second: what its slot was measured at, or more if it has shown more. */
  speed(now: number): bigint {
    const measured = this.fuelPerMillisecond * 1_000n;
    const shown = ((this.fuel - this.startFuel) * 1_000_000n) / (this.microseconds(now) + 1_000n);
    return shown > measured ? shown : measured;
  }

  microseconds(now: number): bigint {
    const running = this.since === undefined ? 0 : now - this.since;
    return BigInt(Math.round((this.elapsed + running) * 1_000));
  }

  /**
   * What was worked here up to now. Of a job that is silent, what its slot does in that time: unpaid work grows whether or
   * not it is told.
   */
  work(now: number): Work {
    const silent = this.since === undefined ? 0 : Math.max(0, now - this.reportedAt);
    const guess = silent < SILENT_AFTER ? 0n : BigInt(Math.floor(silent)) * this.fuelPerMillisecond;
    const total = this.fuel + guess > this.mostFuel ? this.mostFuel : this.fuel + guess;
    const fuel = total - this.startFuel;
    const microseconds = this.microseconds(now);
    const { least } = this;
    return {
      fuel: greatest(fuel, least.fuel),
      microseconds: greatest(microseconds, least.microseconds),
      jobs: 1n,
    };
  }

  /** What a receipt says of a job that ended. @param fuel all that it spent */
  final(fuel: bigint, now: number): Work {
    const here = fuel > this.startFuel ? fuel - this.startFuel : 0n;
    return { fuel: here, microseconds: this.microseconds(now), jobs: 1n };
  }
}
