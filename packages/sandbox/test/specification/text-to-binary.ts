import loadWabt from 'wabt';
import { bytesOfString, type List } from './parse-wast.ts';

const FEATURES = {
  ...{ multi_value: true, bulk_memory: true, reference_types: true, simd: true, sign_extension: true },
  ...{
    sat_float_to_int: true,
    mutable_globals: true,
    extended_const: true,
    relaxed_simd: true,
    tail_call: true,
  },
  ...{
    threads: true,
    exceptions: true,
    memory64: true,
    multi_memory: true,
    function_references: true,
    gc: true,
  },
};

const wabt = await loadWabt();

/** The bytes of a `(module …)` of a script, valid or not; `undefined` where the tool cannot write them. */
export function textToBinary(module: List): Uint8Array | undefined {
  const items = module.items.filter((item) => typeof item !== 'string' || !item.startsWith('$'));
  if (items[1] === 'binary')
    return Buffer.concat(items.slice(2).map((item) => bytesOfString(item as string)));
  if (items[1] === 'quote' || items[1] === 'definition' || items[1] === 'instance') return undefined;
  return parse(module.text);
}

function parse(text: string): Uint8Array | undefined {
  try {
    const module = wabt.parseWat('module.wast', text, FEATURES);
    try {
      return module.toBinary({}).buffer.slice();
    } finally {
      module.destroy();
    }
  } catch {
    return undefined;
  }
}

/** A module that tests write: it has to be right. */
export function compileText(text: string): Uint8Array {
  const bytes = parse(text);
  if (!bytes) throw new Error(`wabt cannot read:\n${text.slice(0, 2_000)}`);
  return bytes;
}
