/** The elements of each type, as the canonical bytes have them: little-endian. */
export const ARRAYS = {
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  /** Bytes that are 0 or 1. */
  bool: Uint8Array,
  /** The bits of IEEE 754 binary16. */
  float16: Uint16Array,
  float64: Float64Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
} as const;

/** Types of elements, named as in ONNX; in the order of their numbers in the canonical bytes, from 1. */
export const TENSOR_TYPES = Object.keys(ARRAYS) as readonly TensorType[];

/** The type of a tensor's elements. Text is not carried. */
export type TensorType = keyof typeof ARRAYS;

type Elements = {
  readonly float32: Float32Array;
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly uint16: Uint16Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  readonly bool: Uint8Array;
  readonly float16: Uint16Array;
  readonly float64: Float64Array;
  readonly uint32: Uint32Array;
  readonly uint64: BigUint64Array;
};

/** A tensor whose elements have this type. */
export type TensorOf<type extends TensorType> = {
  readonly type: type;
  /** Lengths of its axes, outermost first; none for a single number. */
  readonly dims: readonly number[];
  /** As many elements as the product of `dims`, the last axis fastest. */
  readonly data: Elements[type];
};

/** Numbers along axes. */
export type Tensor = { [type in TensorType]: TensorOf<type> }[TensorType];

/** Tensors by the name that the model gives them. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** An output that becomes an input of the next step. */
export type StateLink = { readonly output: string; readonly input: string };

/** How one job runs a model several times. */
export type Plan = {
  /** How often the model runs, 1 to 1,000,000. */
  readonly steps: number;
  /**
   * Inputs that carry one slice for each step: the first axis counts the steps, and the model sees the rest. Other inputs
   * are the same in each step.
   */
  readonly sequence: readonly string[];
  /** Where state goes. The tensor of that input is the state before the first step. */
  readonly links: readonly StateLink[];
};

/** Everything that {@link packTensors} writes. */
export type TensorBundle = {
  readonly tensors: Tensors;
  /** Absent: the model runs once, on all tensors as they are. */
  readonly plan?: Plan | undefined;
  /**
   * In an input: the engine that has to run the model, such as `onnxruntime-web@1.22.0/wasm/1`; any when absent. In a
   * result: the one that did.
   */
  readonly engine?: string | undefined;
};

/** What a bundle may be at most. */
export const TENSOR_LIMITS = {
  tensors: 1_024,
  axes: 8,
  nameBytes: 255,
  steps: 1_000_000,
  links: 256,
  bytes: 2 ** 31 - 1,
} as const;

/** How many elements these axes hold; `undefined` when an axis is no length, or all of them no number that is safe. */
export function countElements(dims: readonly number[]): number | undefined {
  let count = 1;
  for (const length of dims) {
    if (!Number.isInteger(length) || length < 0 || length > 0xffff_ffff) return undefined;
    count *= length;
    if (!Number.isSafeInteger(count)) return undefined;
  }
  return count;
}
