/** Greedy list scheduling: a free core takes the first transaction of the block that waits for nobody. Returns the makespan in gas. */
export function listSchedule(
  gas: readonly number[],
  dependencies: readonly (readonly number[])[],
  cores: number,
): number {
  const waitingFor = dependencies.map((list) => list.length);
  const followers = gas.map((): number[] => []);
  dependencies.forEach((list, j) => {
    for (const i of list) followers[i]?.push(j);
  });
  const ready = waitingFor.flatMap((count, j) => (count === 0 ? [j] : []));
  let running: { end: number; j: number }[] = [];
  let now = 0;
  while (ready.length > 0 || running.length > 0) {
    ready.sort((a, b) => a - b);
    for (const j of ready.splice(0, cores - running.length)) running.push({ end: now + (gas[j] ?? 0), j });
    now = Math.min(...running.map(({ end }) => end));
    for (const { j } of running.filter(({ end }) => end === now)) {
      for (const k of followers[j] ?? []) {
        waitingFor[k] = (waitingFor[k] ?? 0) - 1;
        if (waitingFor[k] === 0) ready.push(k);
      }
    }
    running = running.filter(({ end }) => end !== now);
  }
  return now;
}
