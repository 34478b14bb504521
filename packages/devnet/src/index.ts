export { findAnvilBinary } from './anvil-binary.ts';
