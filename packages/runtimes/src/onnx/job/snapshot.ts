import { type Hex, sha256, toBytes, toHex } from 'viem';
import { RuntimeError } from '../../runtime-error.ts';
import type { RuntimeTask, Snapshot } from '../../task.ts';
import { packTensors } from '../../tensors/pack-tensors.ts';
import type { Tensor, Tensors } from '../../tensors/tensor.ts';
import { unpackTensors } from '../../tensors/unpack-tensors.ts';
import type { SequenceState } from './sequence.ts';

/** Which job a snapshot is of: module and inputs, by their hashes. */
export function hashJob({ module, inputs }: Pick<RuntimeTask, 'module' | 'inputs'>): Hex {
  return sha256([module, ...inputs].map((bytes) => sha256(bytes)).join('') as Hex);
}

/** A job between two steps, as tensors that hold tensors. */
export function packSnapshot(job: Hex, engine: string, at: SequenceState): Snapshot {
  const tensors: Tensors = {
    job: bytesTensor(toBytes(job)),
    done: { type: 'uint32', dims: [], data: Uint32Array.of(at.done) },
    fuel: { type: 'uint64', dims: [], data: BigUint64Array.of(at.fuel) },
    state: bytesTensor(packTensors(at.state)),
    outputs: bytesTensor(packTensors(at.outputs)),
  };
  const bytes = packTensors(tensors, { engine });
  return { fuel: at.fuel, bytes, state: sha256(bytes) };
}

/** @throws {@link RuntimeError} `SNAPSHOT_INVALID`; `SNAPSHOT_FOREIGN` when it is of another job or engine */
export function unpackSnapshot(
  job: Hex,
  engine: string,
  { bytes, fuel, state }: NonNullable<RuntimeTask['resume']>,
): SequenceState {
  if (state !== undefined && sha256(bytes) !== state) throw invalid('the snapshot has another hash');
  const { tensors, engine: madeBy } = read(bytes);
  if (madeBy !== engine) throw foreign(`it was made by ${madeBy ?? 'no engine'}`);
  const { job: of, done, fuel: spent, state: left, outputs } = tensors;
  if (!(of?.type === 'uint8' && toHex(of.data) === job)) throw foreign('it is of another job');
  if (!(spent?.type === 'uint64' && spent.data[0] === fuel)) throw invalid('it says another fuel');
  if (!(done?.type === 'uint32' && left?.type === 'uint8' && outputs?.type === 'uint8')) {
    throw invalid('a part is missing');
  }
  const [steps = 0] = done.data;
  return { done: steps, fuel, state: read(left.data).tensors, outputs: read(outputs.data).tensors };
}

function read(bytes: Uint8Array) {
  try {
    return unpackTensors(bytes);
  } catch (cause) {
    throw invalid('this is no snapshot', cause);
  }
}

function invalid(reason: string, cause?: unknown): RuntimeError {
  return new RuntimeError('SNAPSHOT_INVALID', `The snapshot cannot be read: ${reason}.`, { reason }, cause);
}

function foreign(reason: string): RuntimeError {
  return new RuntimeError('SNAPSHOT_FOREIGN', `The snapshot is of something else: ${reason}.`, { reason });
}

function bytesTensor(data: Uint8Array): Tensor {
  return { type: 'uint8', dims: [data.length], data };
}
