export { findAnvilBinary } from './anvil-binary.ts';
export { type Anvil, type StartAnvilOptions, startAnvil } from './start-anvil.ts';
