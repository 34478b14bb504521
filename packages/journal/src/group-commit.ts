type Waiting<Item> = { item: Item; resolve: () => void; reject: (reason: unknown) => void };

/** Takes items one at a time, commits them together. */
export type GroupCommit<Item> = {
  /** Resolves when the item was committed, rejects when its group could not be. */
  add: (item: Item) => Promise<void>;
  /** Resolves when nothing waits any more. */
  idle: () => Promise<void>;
};

/**
 * Items that arrive while a commit runs are committed together by the next: a thousand writers of one disk wait for two
 * commits, not for a thousand. The order is that of arrival.
 *
 * `after` runs between two commits, when those of the first have their answer.
 */
export function createGroupCommit<Item>(
  commit: (group: Item[]) => Promise<void>,
  after: () => Promise<void>,
): GroupCommit<Item> {
  let waiting: Waiting<Item>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // What is added in the same turn belongs to the first group.
    await undefined;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await commit(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        for (const { reject } of group) reject(cause);
      }
      await after();
    }
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      }),
    idle: () => running ?? Promise.resolve(),
  };
}
