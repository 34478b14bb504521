export { packTensors } from './pack-tensors.ts';
export {
  type Plan,
  type StateLink,
  TENSOR_LIMITS,
  TENSOR_TYPES,
  type Tensor,
  type TensorBundle,
  type TensorOf,
  type Tensors,
  type TensorType,
} from './tensor.ts';
export { unpackTensors } from './unpack-tensors.ts';
