/** Events that can be read from the beginning by anybody, at any time. */
export type EventFeed<T> = AsyncIterable<T> & {
  push(event: T): void;
  /** Readers come to an end. */
  end(): void;
};

/** @param most how many are kept; older ones are dropped, readers go on with what is there */
export function createEventFeed<T>(most = 10_000): EventFeed<T> {
  let events: T[] = [];
  let [dropped, isOver] = [0, false];
  let wake: (() => void) | undefined;
  let bell: Promise<void> | undefined;

  const ring = (): void => {
    wake?.();
    wake = undefined;
    bell = undefined;
  };
  const rung = (): Promise<void> => {
    bell ??= new Promise((resolve) => {
      wake = resolve;
    });
    return bell;
  };

  return {
    push(event) {
      events.push(event);
      if (events.length > most * 2) {
        dropped += events.length - most;
        events = events.slice(-most);
      }
      ring();
    },
    end() {
      isOver = true;
      ring();
    },
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; ) {
        next = Math.max(next, dropped);
        const event = events[next - dropped];
        if (next - dropped < events.length) {
          next += 1;
          yield event as T;
        } else if (isOver) return;
        else await rung();
      }
    },
  };
}
