import { byBytes, HeadWriter, roundUp } from './bundle-bytes.ts';
import { checkBundle, invalid } from './check-bundle.ts';
import { TENSOR_LIMITS, TENSOR_TYPES, type Tensor, type TensorBundle, type Tensors } from './tensor.ts';

/**
 * Writes tensors, and how a job goes through them, as the one byte sequence that says so: equal bundles have equal bytes.
 *
 * @throws {@link RuntimeError} `JOB_INPUT_INVALID`
 *
 * @example
 * ```ts
 * const input = packTensors({ x: { type: 'float32', dims: [1, 2], data: Float32Array.of(0.5, 1) } })
 * ```
 */
export function packTensors(tensors: Tensors, rest: Omit<TensorBundle, 'tensors'> = {}): Uint8Array {
  checkBundle({ tensors, ...rest });
  const list = Object.keys(tensors)
    .sort(byBytes)
    .map((name) => ({ name, ...(tensors[name] as Tensor) }));
  const head = writeHead(list, rest);
  const length = list.reduce((sum, { data }) => roundUp(sum) + data.byteLength, head.length);
  if (length > TENSOR_LIMITS.bytes) throw invalid('The tensors are too large.', { bytes: length });
  const bytes = new Uint8Array(length);
  bytes.set(head);
  let end = head.length;
  for (const { data } of list) {
    end = roundUp(end);
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
    end += data.byteLength;
  }
  return bytes;
}

function writeHead(
  list: readonly (Tensor & { readonly name: string })[],
  { plan, engine }: Omit<TensorBundle, 'tensors'>,
): Uint8Array {
  const head = new HeadWriter();
  head.text(engine ?? '');
  head.uint32(plan?.steps ?? 0);
  head.list([...(plan?.sequence ?? [])].sort(byBytes), (name) => head.text(name));
  const links = [...(plan?.links ?? [])].sort((a, b) => byBytes(a.input, b.input));
  head.list(links, ({ input, output }) => {
    head.text(input);
    head.text(output);
  });
  head.list(list, ({ name, type, dims }) => {
    head.text(name);
    head.uint8(TENSOR_TYPES.indexOf(type) + 1);
    head.uint8(dims.length);
    for (const length of dims) head.uint32(length);
  });
  return head.done();
}
