import type { Tier } from '@millrace/protocol/compute';
import { RuntimeError, type RuntimeErrorDetails } from '../../runtime-error.ts';
import { type Field, NotProtobuf, readFields, readVarints } from './protobuf-reader.ts';

/** What a model may be at most, beyond what memory allows. */
const MODEL_LIMITS = { bytes: 512 * 1024 * 1024, nodes: 200_000, nestedGraphs: 16 } as const;

/** What the fuel of a model is counted from. */
export type ModelSize = {
  /** Operations that the model lists, those of branches and loop bodies included, each once. */
  readonly nodes: number;
  /** Elements of the tensors that the model holds. */
  readonly parameters: bigint;
};

/** Operators of the standard and those that ONNX Runtime adds; anything else needs a library that nobody has. */
const DOMAINS = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);
/** Their kernels draw random numbers from a generator that the engine seeds. */
const RANDOM = /^random|bernoulli|multinomial|sampling|^bitmask.*dropout|^bias.*dropout/i;
/** Reads a file that it names. */
const READS_FILES = 'EPContext';
const MOST_ELEMENTS = 2n ** 40n;

/**
 * Reads a model as far as its structure goes, before an engine sees it: refused are references to files, operators and
 * functions of its own, training, and, where results are compared bit for bit, random numbers.
 *
 * @throws {@link RuntimeError} `MODULE_MALFORMED`, `MODULE_FEATURE_REFUSED`, `MODULE_TOO_LARGE`; `details.reason` says what
 */
export function inspectModel(bytes: Uint8Array, tier: Tier): ModelSize {
  if (bytes.length > MODEL_LIMITS.bytes) throw tooLarge('bytes', bytes.length, MODEL_LIMITS.bytes);
  const inspector = new ModelInspector(tier);
  try {
    inspector.model(bytes);
  } catch (cause) {
    if (!(cause instanceof NotProtobuf)) throw cause;
    throw malformed(cause.message);
  }
  return inspector;
}

class ModelInspector implements ModelSize {
  nodes = 0;
  parameters = 0n;
  private readonly tier: Tier;
  private depth = 0;

  constructor(tier: Tier) {
    this.tier = tier;
  }

  model(bytes: Uint8Array): void {
    let graphs = 0;
    for (const field of readFields(bytes)) {
      if (field.number === 7) {
        this.graph(message(field));
        graphs++;
      }
      if (field.number === 20) throw refused('training');
      if (field.number === 25) throw refused('functions of its own');
    }
    if (graphs === 0) throw malformed('there is no graph');
  }

  private graph(bytes: Uint8Array): void {
    if (++this.depth > MODEL_LIMITS.nestedGraphs) {
      throw tooLarge('nested graphs', this.depth, MODEL_LIMITS.nestedGraphs);
    }
    for (const field of readFields(bytes)) {
      if (field.number === 1) this.node(message(field));
      if (field.number === 5) this.tensor(message(field));
      if (field.number === 15) this.sparseTensor(message(field));
    }
    this.depth--;
  }

  private node(bytes: Uint8Array): void {
    if (++this.nodes > MODEL_LIMITS.nodes) throw tooLarge('nodes', this.nodes, MODEL_LIMITS.nodes);
    let inputs = 0;
    let operator = '';
    for (const field of readFields(bytes)) {
      if (field.number === 1 && message(field).length > 0) inputs++;
      if (field.number === 4) operator = text(field);
      if (field.number === 5) this.attribute(message(field));
      if (field.number === 7 && !DOMAINS.has(text(field))) {
        throw refused('an operator of its own', { domain: text(field).slice(0, 64) });
      }
    }
    if (operator === READS_FILES) throw refused('a reference to a file', { operator });
    if (this.tier !== 'deterministic') return;
    // Dropout does nothing unless its third input says that this is training.
    if (RANDOM.test(operator) || (operator === 'Dropout' && inputs > 2)) {
      throw refused('random numbers', { operator: operator.slice(0, 64) });
    }
  }

  private attribute(bytes: Uint8Array): void {
    for (const field of readFields(bytes)) {
      if (field.number === 5 || field.number === 10) this.tensor(message(field));
      if (field.number === 6 || field.number === 11) this.graph(message(field));
      if (field.number === 22 || field.number === 23) this.sparseTensor(message(field));
    }
  }

  private sparseTensor(bytes: Uint8Array): void {
    for (const field of readFields(bytes)) {
      if (field.number === 1 || field.number === 2) this.tensor(message(field));
    }
  }

  private tensor(bytes: Uint8Array): void {
    let elements = 1n;
    for (const field of readFields(bytes)) {
      for (const length of field.number === 1 ? readVarints(field) : []) {
        elements *= length;
        if (elements > MOST_ELEMENTS) throw tooLarge('elements', elements.toString(), Number(MOST_ELEMENTS));
      }
      const isElsewhere = field.number === 14 && readVarints(field).some((place) => place !== 0n);
      if (field.number === 13 || isElsewhere) throw refused('a reference to a file');
    }
    this.parameters += elements;
  }
}

function message(field: Field): Uint8Array {
  if (field.kind === 'bytes') return field.value;
  throw new NotProtobuf('a message has another form');
}

function text(field: Field): string {
  return new TextDecoder().decode(message(field));
}

function malformed(reason: string): RuntimeError {
  return new RuntimeError('MODULE_MALFORMED', `This is no ONNX model: ${reason}.`, { reason });
}

function refused(reason: string, facts: RuntimeErrorDetails = {}): RuntimeError {
  return new RuntimeError('MODULE_FEATURE_REFUSED', `The model has ${reason}.`, { reason, ...facts });
}

function tooLarge(reason: string, actual: number | string, most: number): RuntimeError {
  const facts = { reason, actual, most };
  return new RuntimeError('MODULE_TOO_LARGE', `The model has too many ${reason}.`, facts);
}
