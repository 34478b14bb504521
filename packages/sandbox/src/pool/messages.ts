import type { SerializedMillraceError } from '@millrace/protocol/millrace-error';
import type { CompiledModule } from '../engine/web-assembly.ts';
import type { Profile } from '../gate/policy.ts';
import type { JobInput, JobResult } from '../run/job.ts';

/** What a thread is asked to do; one thing at a time. */
export type Task =
  | { readonly kind: 'prepare'; readonly bytes: Uint8Array; readonly profile: Profile }
  | {
      readonly kind: 'run';
      readonly module: CompiledModule;
      readonly job: JobInput;
      /** Whether the state is hashed when the job has stopped. */
      readonly hashesState: boolean;
    };

/** What a thread says. The last two end the task. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly line: Uint8Array }
  | { readonly kind: 'progress'; readonly millionths: number }
  | {
      readonly kind: 'done';
      readonly module?: CompiledModule;
      readonly result?: JobResult;
      readonly state?: string;
    }
  | { readonly kind: 'failed'; readonly error: SerializedMillraceError; readonly state?: string };
