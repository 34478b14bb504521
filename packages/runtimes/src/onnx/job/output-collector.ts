import { RuntimeError } from '../../runtime-error.ts';
import { ARRAYS, countElements, TENSOR_LIMITS, type Tensor, type Tensors } from '../../tensors/tensor.ts';
import type { RawTensor } from '../engine/messages.ts';

type Stack = { readonly first: RawTensor; readonly slices: Uint8Array[] };

/** Keeps what the steps give: of each output one slice for each step. */
export class OutputCollector {
  private readonly stacks = new Map<string, Stack>();
  private readonly mostBytes: number;
  private bytes = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** @throws {@link RuntimeError} `JOB_OUTPUT_LIMIT`; `JOB_FAILED` when an output changes its shape between steps */
  add(output: RawTensor): void {
    this.bytes += output.bytes.length;
    if (this.bytes > this.mostBytes) throw outputLimit(this.mostBytes);
    const stack = this.stacks.get(output.name);
    if (!stack) {
      this.stacks.set(output.name, { first: output, slices: [output.bytes] });
      return;
    }
    const { type, dims } = stack.first;
    const isSame = type === output.type && dims.join() === output.dims.join();
    if (!isSame) throw failed(`the output ${output.name} changes its shape between steps`);
    stack.slices.push(output.bytes);
  }

  /** Goes on from what {@link stacked} gave. */
  restore(tensors: Tensors): void {
    for (const [name, { type, dims, data }] of Object.entries(tensors)) {
      const [steps = 1, ...rest] = dims;
      const length = data.byteLength / steps;
      for (let step = 0; step < steps; step++) {
        const begin = data.byteOffset + step * length;
        const bytes = new Uint8Array(data.buffer.slice(begin, begin + length) as ArrayBuffer);
        this.add({ name, type, dims: rest, bytes });
      }
    }
  }

  /** Everything yet, with the steps as first axis. */
  stacked(): Record<string, Tensor> {
    return this.each(({ first, slices }) => {
      if (first.dims.length >= TENSOR_LIMITS.axes) throw failed(`the output ${first.name} has too many axes`);
      const bytes = new Uint8Array(first.bytes.length * slices.length);
      for (const [at, slice] of slices.entries()) bytes.set(slice, at * first.bytes.length);
      return toTensor({ ...first, dims: [slices.length, ...first.dims], bytes });
    });
  }

  /** The only step, as the model gave it. */
  single(): Record<string, Tensor> {
    return this.each(({ first }) => toTensor(first));
  }

  private each(make: (stack: Stack) => Tensor): Record<string, Tensor> {
    return Object.fromEntries([...this.stacks].map(([name, stack]) => [name, make(stack)]));
  }
}

export function toTensor({ name, type, dims, bytes }: RawTensor): Tensor {
  const data = new ARRAYS[type](bytes.buffer);
  if (countElements(dims) !== data.length) throw failed(`the output ${name} is not as large as its shape`);
  return { type, dims, data } as Tensor;
}

/** A copy, so that it may be handed over. */
export function toRaw(name: string, { type, dims, data }: Tensor): RawTensor {
  const bytes = new Uint8Array(data.byteLength);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return { name, type, dims, bytes };
}

export function outputLimit(allowedBytes: number): RuntimeError {
  return new RuntimeError('JOB_OUTPUT_LIMIT', 'The result is larger than was ordered.', { allowedBytes });
}

export function failed(reason: string): RuntimeError {
  return new RuntimeError('JOB_FAILED', `The model failed: ${reason}.`, { reason });
}
