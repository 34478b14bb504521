import { BundleReader, byBytes } from './bundle-bytes.ts';
import { checkBundle, invalid } from './check-bundle.ts';
import {
  ARRAYS,
  countElements,
  type Plan,
  TENSOR_LIMITS,
  TENSOR_TYPES,
  type Tensor,
  type TensorBundle,
  type TensorType,
} from './tensor.ts';

/**
 * Reads what {@link packTensors} has written, and refuses every other way to say it. The tensors are copies.
 *
 * @throws {@link RuntimeError} `JOB_INPUT_INVALID`
 *
 * @example
 * ```ts
 * const { tensors } = unpackTensors(result.output)
 * tensors.output?.data // Float32Array
 * ```
 */
export function unpackTensors(bytes: Uint8Array): TensorBundle {
  const reader = new BundleReader(bytes);
  const engine = reader.text();
  const plan = readPlan(reader);
  const heads = reader.list(TENSOR_LIMITS.tensors, () => readHead(reader));
  requireSorted(heads.map(({ name }) => name));
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const { name, type, dims, byteLength } of heads) {
    const data = new ARRAYS[type](reader.data(byteLength));
    tensors[name] = { type, dims, data } as Tensor;
  }
  reader.end();
  const bundle = { tensors, ...(plan && { plan }), ...(engine && { engine }) };
  checkBundle(bundle);
  return bundle;
}

function readPlan(reader: BundleReader): Plan | undefined {
  const steps = reader.uint32();
  const sequence = reader.list(TENSOR_LIMITS.tensors, () => reader.text());
  const links = reader.list(TENSOR_LIMITS.links, () => ({ input: reader.text(), output: reader.text() }));
  requireSorted(sequence);
  requireSorted(links.map(({ input }) => input));
  if (steps > 0) return { steps, sequence, links };
  if (sequence.length + links.length > 0) throw invalid('A plan has no steps.');
  return undefined;
}

function readHead(reader: BundleReader) {
  const name = reader.text();
  const type = TENSOR_TYPES[reader.uint8() - 1] as TensorType | undefined;
  if (!type) throw invalid('A tensor has an unknown type.', { name });
  const axes = reader.uint8();
  if (axes > TENSOR_LIMITS.axes) throw invalid('A tensor has too many axes.', { name });
  const dims = Array.from({ length: axes }, () => reader.uint32());
  const elements = countElements(dims);
  if (elements === undefined) throw invalid('A tensor is too large.', { name });
  return { name, type, dims, byteLength: elements * ARRAYS[type].BYTES_PER_ELEMENT };
}

function requireSorted(names: readonly string[]): void {
  const isSorted = names.every((name, at) => at === 0 || byBytes(names[at - 1] as string, name) < 0);
  if (!isSorted) throw invalid('Names are not in ascending order.');
}
