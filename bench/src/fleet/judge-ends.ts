import { MillraceError } from '@millrace/protocol';
import type { ManyEnd, Renter, RunManyOptions } from '@millrace/sdk/rent';
import type { Chore } from './chores.ts';

/** How the jobs ended. */
export type Ends = {
  readonly jobs: number;
  /** Results that are, bit for bit, what was to be expected. */
  readonly results: number;
  readonly namedErrors: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Neither, or after the deadline; also wrong results. */
  readonly lost: number;
  readonly wrong: number;
  /** Results that took more than one node. */
  readonly moved: number;
  /** Good results by node. */
  readonly workers: number;
};

/** What the last job may take to say that its deadline has passed. */
const SLACK_MILLISECONDS = 5_000;

export async function judgeEnds(
  renter: Renter,
  chores: readonly Chore[],
  options: {
    readonly deadlineMilliseconds: number;
    readonly run: RunManyOptions;
    readonly onEnded: (count: number) => void;
  },
): Promise<Ends> {
  const ends: ManyEnd[] = [];
  const many = renter.runMany(
    chores.map(({ job }) => job),
    options.run,
  );
  const collecting = (async () => {
    for await (const end of many) {
      ends.push(end);
      options.onEnded(ends.length);
    }
  })();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, options.deadlineMilliseconds + SLACK_MILLISECONDS);
  });
  await Promise.race([collecting, late]);
  clearTimeout(timer);

  const errors: Record<string, number> = {};
  const workers = new Set<string>();
  let [results, wrong, moved] = [0, 0, 0];
  for (const { index, result, error } of ends.slice()) {
    if (result !== undefined) {
      const isRight = Buffer.compare(result.bytes, (chores[index] as Chore).expected) === 0;
      if (isRight) results += 1;
      else wrong += 1;
      if (result.attempts > 1) moved += 1;
      workers.add(result.node);
    } else if (error instanceof MillraceError) errors[error.code] = (errors[error.code] ?? 0) + 1;
  }
  const namedErrors = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const lost = chores.length - results - namedErrors;
  return { jobs: chores.length, results, namedErrors, errors, lost, wrong, moved, workers: workers.size };
}
