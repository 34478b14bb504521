import loadWabt from 'wabt';

const wabt = await loadWabt();

/** The bytes of a module written as text. */
function wat(text: string): Uint8Array {
  const module = wabt.parseWat('test.wat', text, {
    multi_value: true,
    bulk_memory: true,
    reference_types: true,
    simd: true,
  });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** A module with a memory of 1 to 16 pages around the given fields. */
export function job(fields: string, memory = '1 16'): Uint8Array {
  return wat(`(module
    (import "millrace" "input_length" (func $input_length (result i32)))
    (import "millrace" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
    (import "millrace" "output_write" (func $output_write (param i32 i32)))
    (import "millrace" "log" (func $log (param i32 i32)))
    (import "millrace" "progress" (func $progress (param i32)))
    (import "millrace" "random" (func $random (param i32 i32)))
    (memory (export "memory") ${memory}) ${fields})`);
}
