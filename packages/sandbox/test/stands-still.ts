import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * How long this thread stood still at most while some work was done, and how long would be too long, milliseconds: what a busy
 * machine takes from everybody is not held against it, but whoever did the work here would have stood still for most of it.
 */
export async function standsStill(
  work: () => Promise<void>,
  mostMilliseconds: number,
): Promise<{ longest: number; tooLong: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const start = performance.now();
  delay.enable();
  await work();
  delay.disable();
  const whole = performance.now() - start;
  return { longest: delay.max / 1e6, tooLong: Math.max(mostMilliseconds, whole / 2) };
}
