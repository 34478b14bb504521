import { RuntimeError } from '../runtime-error.ts';
import {
  ARRAYS,
  countElements,
  type Plan,
  TENSOR_LIMITS,
  type Tensor,
  type TensorBundle,
  type Tensors,
} from './tensor.ts';

/**
 * Whether a bundle is what its type says, beyond what the compiler can see.
 *
 * @throws {@link RuntimeError} `JOB_INPUT_INVALID`
 */
export function checkBundle({ tensors, plan, engine }: TensorBundle): void {
  const names = Object.keys(tensors);
  if (names.length > TENSOR_LIMITS.tensors) throw invalid('There are too many tensors.');
  for (const name of names) checkTensor(name, tensors[name] as Tensor);
  if (plan) checkPlan(plan, tensors);
  if (engine !== undefined && !/^[\x21-\x7e]{1,255}$/.test(engine)) throw invalid('The engine is no name.');
}

/** @throws {@link RuntimeError} `JOB_INPUT_INVALID` */
function checkName(name: string): string {
  const bytes = new TextEncoder().encode(name);
  // Half of a surrogate pair would be written as another name.
  const isText = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === name;
  const isShort = bytes.length > 0 && bytes.length <= TENSOR_LIMITS.nameBytes;
  if (isText && isShort && name !== '__proto__') return name;
  throw invalid('A name is empty, too long, or no text.', { name: name.slice(0, 64) });
}

function checkTensor(name: string, { type, dims, data }: Tensor): void {
  checkName(name);
  if (!Object.hasOwn(ARRAYS, type)) throw invalid('A tensor has an unknown type.', { name });
  if (!(data instanceof ARRAYS[type]))
    throw invalid(`The data of a ${type} tensor is another type.`, { name });
  if (dims.length > TENSOR_LIMITS.axes) throw invalid('A tensor has too many axes.', { name });
  if (countElements(dims) !== data.length) {
    throw invalid('A tensor has other than the elements of its axes.', { name, elements: data.length });
  }
  if (type === 'bool' && data.some((value) => Number(value) > 1)) {
    throw invalid('A bool is other than 0 or 1.', { name });
  }
}

function checkPlan({ steps, sequence, links }: Plan, tensors: Tensors): void {
  if (!Number.isInteger(steps) || steps < 1 || steps > TENSOR_LIMITS.steps)
    throw invalid('The steps are out of range.');
  if (links.length > TENSOR_LIMITS.links) throw invalid('There are too many links.');
  const fed = [...sequence, ...links.map(({ input }) => input)];
  if (new Set(fed).size < fed.length) throw invalid('An input is fed twice.');
  for (const { output } of links) checkName(output);
  for (const name of fed) {
    if (!Object.hasOwn(tensors, name)) throw invalid('The plan names a tensor that is not there.', { name });
  }
  for (const name of sequence) {
    if (tensors[name]?.dims[0] !== steps)
      throw invalid('A sequence is not as long as the steps.', { name, steps });
  }
}

/** An input that nobody can run. */
export function invalid(
  message: string,
  details: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): RuntimeError {
  return new RuntimeError('JOB_INPUT_INVALID', message, details, cause);
}
