import { RuntimeError } from '../../runtime-error.ts';
import type { Plan, Tensor, TensorBundle, Tensors } from '../../tensors/tensor.ts';
import type { RawTensor } from '../engine/messages.ts';
import type { ModelSize } from '../model/inspect-model.ts';
import { canonicalNaN } from './canonical-nan.ts';
import { OutputCollector, toRaw, toTensor } from './output-collector.ts';

/** What a job has come to: enough to go on from. */
export type SequenceState = {
  readonly done: number;
  readonly fuel: bigint;
  /** By the input that sees it next. */
  readonly state: Tensors;
  /** With the steps as first axis. */
  readonly outputs: Tensors;
};

const ONCE: Plan = { steps: 1, sequence: [], links: [] };

/**
 * A model's way through its steps, without the engine: what to feed next, and what becomes of the outputs.
 *
 * The fuel of a step is the number of operations that the model lists, plus the elements of the tensors that it holds, that
 * go in and that come out. It is the same everywhere, and it is a size, not a time: an operation may do much with few
 * elements. Jobs of this kind are paid for by the second.
 */
export class Sequence {
  readonly plan: Plan;
  done = 0;
  fuel = 0n;
  private readonly bundle: TensorBundle;
  private readonly size: ModelSize;
  private readonly mostFuel: bigint;
  private readonly outputs: OutputCollector;
  private readonly state = new Map<string, RawTensor>();

  constructor(bundle: TensorBundle, size: ModelSize, limits: { fuel: bigint; outputBytes: number }) {
    this.bundle = bundle;
    this.plan = bundle.plan ?? ONCE;
    this.size = size;
    this.mostFuel = limits.fuel;
    this.outputs = new OutputCollector(limits.outputBytes);
    for (const { input } of this.plan.links) {
      this.state.set(input, toRaw(input, bundle.tensors[input] as Tensor));
    }
  }

  get hasEnded(): boolean {
    return this.done >= this.plan.steps;
  }

  /** What the next step sees. @throws {@link RuntimeError} `JOB_OUT_OF_FUEL` */
  next(): RawTensor[] {
    const feeds = Object.entries(this.bundle.tensors).map(([name, tensor]) => this.feed(name, tensor));
    this.spend(BigInt(this.size.nodes) + this.size.parameters + elementsOf(feeds));
    return feeds;
  }

  /** @throws {@link RuntimeError} `JOB_OUT_OF_FUEL`, `JOB_OUTPUT_LIMIT`, `JOB_FAILED` */
  take(outputs: readonly RawTensor[]): void {
    this.spend(elementsOf(outputs));
    for (const output of outputs) {
      canonicalNaN(output);
      const links = this.plan.links.filter((link) => link.output === output.name);
      for (const { input } of links) this.state.set(input, { ...output, name: input });
      if (links.length === 0) this.outputs.add(output);
    }
    this.done++;
  }

  /** State as it was left, and every other output of every step; without a plan, the outputs as they are. */
  result(): Tensors {
    if (!this.bundle.plan) return this.outputs.single();
    const { links } = this.plan;
    const left = links.map(({ input, output }) => [output, toTensor(this.state.get(input) as RawTensor)]);
    return { ...this.outputs.stacked(), ...Object.fromEntries(left) };
  }

  save(): SequenceState {
    const state = Object.fromEntries([...this.state].map(([name, raw]) => [name, toTensor(raw)]));
    return { done: this.done, fuel: this.fuel, state, outputs: this.outputs.stacked() };
  }

  /** @throws {@link RuntimeError} `SNAPSHOT_INVALID` when no job like this one can have come to that */
  restore({ done, fuel, state, outputs }: SequenceState): void {
    const fits =
      done <= this.plan.steps &&
      Object.keys(state).length === this.state.size &&
      Object.keys(state).every((name) => this.state.has(name)) &&
      Object.values(outputs).every(({ dims }) => dims[0] === done);
    if (!fits) throw new RuntimeError('SNAPSHOT_INVALID', 'No such job can have come to that snapshot.');
    this.done = done;
    this.fuel = fuel;
    for (const [name, tensor] of Object.entries(state)) this.state.set(name, toRaw(name, tensor));
    this.outputs.restore(outputs);
  }

  private feed(name: string, tensor: Tensor): RawTensor {
    const state = this.state.get(name);
    if (state) return state;
    if (!this.plan.sequence.includes(name)) return toRaw(name, tensor);
    const [, ...dims] = tensor.dims;
    const length = tensor.data.length / this.plan.steps;
    const data = tensor.data.slice(this.done * length, (this.done + 1) * length);
    return toRaw(name, { type: tensor.type, dims, data } as Tensor);
  }

  private spend(fuel: bigint): void {
    this.fuel += fuel;
    if (this.fuel <= this.mostFuel) return;
    this.fuel = this.mostFuel;
    throw new RuntimeError('JOB_OUT_OF_FUEL', 'The job used up its fuel.');
  }
}

function elementsOf(tensors: readonly RawTensor[]): bigint {
  return tensors.reduce((sum, { dims }) => sum + dims.reduce((all, length) => all * BigInt(length), 1n), 0n);
}
