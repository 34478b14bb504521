import type { ByteReader } from '../binary/byte-reader.ts';
import type { ModuleLimits } from '../gate/module-limits.ts';
import { refuseFeature, refuseInvalid } from '../gate/refuse.ts';
import { type FunctionBody, type FunctionType, isFloat, V128, type ValueType } from '../module/types.ts';
import { PREFIX, VECTORS } from '../opcode/prefix.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { FunctionPlan } from './edit.ts';
import { FunctionScan } from './function-scan.ts';
import type { ScanContext } from './scan-context.ts';
import { scanControl } from './scan-control.ts';
import { scanMemory } from './scan-memory.ts';
import { scanNumeric } from './scan-numeric.ts';
import { scanTable } from './scan-table.ts';
import { scanVariable } from './scan-variable.ts';
import { scanVector } from './scan-vector.ts';

/** Saved registers, return address, the engine's own slots. */
const FRAME_OVERHEAD_WORDS = 16;
/** Rounds that look for locals with a NaN of any bits before all floats are taken for such. */
const ROUNDS = 2;

/** Instructions of later proposals. */
const LATER: Record<number, string> = {
  ...{ 6: 'exceptions', 7: 'exceptions', 8: 'exceptions', 9: 'exceptions', 10: 'exceptions' },
  ...{ 18: 'tail calls', 19: 'tail calls', 20: 'typed references', 21: 'tail calls' },
  ...{ 24: 'exceptions', 25: 'exceptions', 31: 'exceptions' },
  ...{
    211: 'garbage-collected types',
    212: 'typed references',
    213: 'typed references',
    214: 'typed references',
  },
};

/**
 * Validates a function by the rules of the specification and finds what has to change in it.
 *
 * @throws SandboxError `MODULE_INVALID`, `MODULE_FEATURE_REFUSED`, `MODULE_TOO_LARGE` or `MODULE_MALFORMED`, each with the
 * function's `index` in its details.
 */
export function scanFunction(context: ScanContext, limits: ModuleLimits, index: number): FunctionPlan {
  const { module } = context;
  const body = module.bodies[index - module.imports.length] as FunctionBody;
  const type = module.types[module.functions[index - module.imports.length] as number] as FunctionType;
  try {
    const locals = [...type.params];
    for (const group of body.locals) for (let left = group.count; left > 0; left--) locals.push(group.type);
    return plan(context, limits, body, type, locals);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    throw new SandboxError(error.code, error.shortMessage, { ...error.details, function: index });
  }
}

function plan(
  context: ScanContext,
  limits: ModuleLimits,
  body: FunctionBody,
  type: FunctionType,
  locals: ValueType[],
): FunctionPlan {
  if (!context.allowFloats && locals.some(isFloat)) throw refuseFeature('floats', body.start);
  const anyNan = new Set(type.params.flatMap((each, local) => (isFloat(each) ? [local] : [])));
  for (let round = 0; ; round++) {
    const before = anyNan.size;
    if (round === ROUNDS) for (const [local, each] of locals.entries()) if (isFloat(each)) anyNan.add(local);
    const scan = new FunctionScan({ context, limits, body, type, locals, anyNan });
    scanBody(scan);
    if (anyNan.size > before && round < ROUNDS) continue;
    const words = locals.reduce((sum, each) => sum + (each === V128 ? 2 : 1), 0) + 2 * scan.operands.highest;
    return {
      edits: scan.finish(),
      entry: scan.entry,
      isCaller: scan.isCaller,
      frameWords: FRAME_OVERHEAD_WORDS + words,
    };
  }
}

function scanBody(scan: FunctionScan): void {
  const { reader, operands } = scan;
  while (operands.frames.length > 0) {
    scan.at = reader.offset;
    const opcode = decodeOpcode(reader);
    if (!scanInstruction(scan, opcode)) throw refuseOpcode(reader, opcode);
  }
  if (!reader.isAtEnd) throw refuseInvalid('code follows the end of a function', {});
}

/** The kinds in the order of their opcodes; some opcodes lie between those of another kind. */
function scanInstruction(scan: FunctionScan, opcode: number): boolean {
  if (opcode < 0x20) return scanControl(scan, opcode);
  if (opcode < 0x25) return scanVariable(scan, opcode);
  if (opcode > 0x40 && opcode < 0xc5) return scanNumeric(scan, opcode);
  if (opcode >= VECTORS) return scanVector(scan, opcode);
  return scanMemory(scan, opcode) || scanTable(scan, opcode) || scanNumeric(scan, opcode);
}

/** Behind a prefix the instruction's own number follows: `0xfc08` is 0xfc, 8. */
function decodeOpcode(reader: ByteReader): number {
  const byte = reader.byte();
  if (byte < 0xfb || byte === 0xff) return byte;
  return byte * PREFIX + Math.min(reader.u32(), PREFIX - 1);
}

function refuseOpcode(reader: ByteReader, opcode: number): SandboxError {
  const prefix = Math.floor(opcode / PREFIX);
  const feature =
    prefix === 0xfe
      ? 'threads'
      : prefix === 0xfb
        ? 'garbage-collected types'
        : (LATER[opcode] ?? `the unknown instruction 0x${opcode.toString(16)}`);
  return refuseFeature(feature, reader.offset);
}
