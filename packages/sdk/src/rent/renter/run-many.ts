import type { MillraceError } from '@millrace/protocol';
import { createEventFeed } from '../job/event-feed.ts';
import type { JobHandle, JobResult } from '../job/job-handle.ts';

/** How one of many jobs ended. */
export type ManyEnd = { readonly index: number; readonly handle: JobHandle } & (
  | { readonly result: JobResult; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: MillraceError }
);

/** Many jobs. Loop over it for their ends, in the order in which they come. */
export type ManyHandle = AsyncIterable<ManyEnd> & {
  /** In the order of the jobs. */
  readonly handles: readonly JobHandle[];
  /** All ends, in the order of the jobs; never refused. */
  readonly done: Promise<readonly ManyEnd[]>;
  /** Stops those that have not ended. */
  stop(): void;
};

/** Puts handles together. */
export function gatherHandles(handles: readonly JobHandle[]): ManyHandle {
  const feed = createEventFeed<ManyEnd>(Math.max(1, handles.length));
  const ends = handles.map(async (handle, index): Promise<ManyEnd> => {
    const end = await handle.result.then(
      (result) => ({ index, handle, result }),
      (error: MillraceError) => ({ index, handle, error }),
    );
    feed.push(end);
    return end;
  });
  const done = Promise.all(ends).finally(() => feed.end());
  return {
    handles,
    done,
    stop: () => {
      for (const handle of handles) handle.stop();
    },
    [Symbol.asyncIterator]: () => feed[Symbol.asyncIterator](),
  };
}
