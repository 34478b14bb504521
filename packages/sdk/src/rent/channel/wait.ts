/** Settles after a while, or as soon as the signal is aborted. Never throws. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    // A signal of its own for each wait: hundreds may listen to the one that ends them all.
    const own = signal === undefined ? undefined : AbortSignal.any([signal]);
    const wake = () => {
      clearTimeout(timer);
      own?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    own?.addEventListener('abort', wake, { once: true });
  });
}
