import { invalid } from '../../tensors/check-bundle.ts';
import type { Tensor, TensorBundle } from '../../tensors/tensor.ts';
import { unpackTensors } from '../../tensors/unpack-tensors.ts';
import type { ModelInput } from '../engine/messages.ts';

/**
 * One bundle out of all inputs of a job: no tensor twice, and at most one plan and one engine.
 *
 * @throws {@link RuntimeError} `JOB_INPUT_INVALID`
 */
export function readInputs(inputs: readonly Uint8Array[]): TensorBundle {
  const bundles = inputs.map(unpackTensors);
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const bundle of bundles) {
    for (const [name, tensor] of Object.entries(bundle.tensors)) {
      if (name in tensors) throw invalid('Two inputs have a tensor of that name.', { name });
      tensors[name] = tensor;
    }
  }
  const [plan, secondPlan] = bundles.flatMap((bundle) => bundle.plan ?? []);
  const [engine, secondEngine] = bundles.flatMap((bundle) => bundle.engine ?? []);
  if (secondPlan || secondEngine) throw invalid('Only one input may have a plan, and one an engine.');
  return { tensors, plan, engine };
}

/**
 * Whether a bundle feeds a model all that it takes, and nothing else.
 *
 * @throws {@link RuntimeError} `JOB_INPUT_INVALID`
 */
export function checkFeeds(
  { tensors, plan }: TensorBundle,
  inputs: readonly ModelInput[],
  outputs: readonly string[],
): void {
  for (const { name, type } of inputs) {
    const tensor = tensors[name];
    if (!tensor) throw invalid('The model takes a tensor that is not there.', { name });
    if (tensor.type !== type) throw invalid(`The model takes another type: ${type}.`, { name });
  }
  const surplus = Object.keys(tensors).find((name) => !inputs.some((input) => input.name === name));
  if (surplus !== undefined) throw invalid('The model takes no tensor of that name.', { name: surplus });
  const lost = plan?.links.find(({ output }) => !outputs.includes(output));
  if (lost) throw invalid('The model gives no output of that name.', { name: lost.output });
}
