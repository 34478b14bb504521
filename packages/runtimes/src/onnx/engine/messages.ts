import type { Tier } from '@millrace/protocol/compute';
import type { SerializedMillraceError } from '@millrace/protocol/millrace-error';
import type { TensorType } from '../../tensors/tensor.ts';
import type { ModelSize } from '../model/inspect-model.ts';

/** A tensor between threads: its elements as bytes. */
export type RawTensor = {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** What an engine is told. It answers each, in order, with one answer. */
export type Request =
  | {
      readonly kind: 'load';
      readonly model: Uint8Array;
      readonly tier: Tier;
      /** Of memory, 64 KiB each. */
      readonly pages: number;
      readonly threads: number;
    }
  | { readonly kind: 'run'; readonly feeds: readonly RawTensor[] };

/** What a model asks for. */
export type ModelInput = { readonly name: string; readonly type: string };

/** What an engine says. `ready` comes unasked, once. */
export type Answer =
  | { readonly kind: 'ready'; readonly version: string }
  | {
      readonly kind: 'loaded';
      readonly size: ModelSize;
      readonly inputs: readonly ModelInput[];
      readonly outputs: readonly string[];
    }
  | { readonly kind: 'ran'; readonly outputs: readonly RawTensor[] }
  /** We refused. */
  | { readonly kind: 'error'; readonly error: SerializedMillraceError }
  /** The engine did. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly reason: string };

/** What ended it: a bound of the memory, the machine's memory, or the engine with a word of its own. */
export type Failure = 'memory-limit' | 'host-memory' | 'refused';
