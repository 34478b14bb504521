import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { inspectModel } from '../../src/onnx/model/inspect-model.ts';
import { createOnnxRuntime } from '../../src/onnx/onnx-runtime.ts';
import { RuntimeError } from '../../src/runtime-error.ts';
import { packTensors } from '../../src/tensors/index.ts';
import { runOn } from '../run-on.ts';
import {
  attribute,
  field,
  type GraphParts,
  graph,
  int64,
  join,
  model,
  node,
  tensor,
  value,
  varint,
} from './build-model.ts';
import { VOICE_MODEL } from './voice.ts';

// Each job starts an engine, which takes its time on a machine that does other things.
vi.setConfig({ testTimeout: 60_000 });
const onnx = createOnnxRuntime();
afterAll(() => onnx.close());
const x = packTensors({ x: { type: 'float32', dims: [2], data: Float32Array.of(1, 2) } });
const ends = { inputs: [value('x', 'float32', [2])], outputs: [value('y', 'float32', [2])] };
const plain: GraphParts = { nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }], ...ends };
const using = (op: string, more: object = {}) =>
  model({ nodes: [{ op, inputs: ['x'], outputs: ['y'], ...more }], ...ends });

const reasonOf = (bytes: Uint8Array, tier: 'deterministic' | 'fast' = 'deterministic') => {
  try {
    return inspectModel(bytes, tier);
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    return `${error.code} ${error.details?.reason}`;
  }
};

describe('what is no model that we run', () => {
  it('never reads a file that a model names', () => {
    const [elsewhere, path] = [field(14, 1), field(13, join(field(1, 'location'), field(2, '/etc/passwd')))];
    const bad = (part: Uint8Array) => join(tensor('c', 'float32', [2], Float32Array.of(1, 2)), part);
    const words = 'MODULE_FEATURE_REFUSED a reference to a file';
    expect(reasonOf(model({ ...plain, constants: [bad(elsewhere)] }))).toBe(words);
    expect(reasonOf(model({ ...plain, constants: [bad(path)] }))).toBe(words);
    expect(reasonOf(using('Constant', { attributes: [attribute.tensor('value', bad(elsewhere))] }))).toBe(
      words,
    );
    const sparse = field(15, field(1, bad(path)));
    expect(reasonOf(join(field(7, join(graph(plain), sparse))))).toBe(words);
    const inBranch = graph({ ...plain, constants: [bad(path)] });
    expect(reasonOf(using('If', { attributes: [attribute.graph('then_branch', inBranch)] }))).toBe(words);
    expect(reasonOf(using('EPContext', { domain: 'com.microsoft' }))).toBe(words);
  });

  it('has no operators or functions of its own, and no training', () => {
    const words = 'MODULE_FEATURE_REFUSED an operator of its own';
    expect(reasonOf(using('Spy', { domain: 'com.example' }))).toBe(words);
    const twice = join(node({ op: 'Neg', inputs: ['x'], outputs: ['y'] }), field(7, 'com.example'));
    expect(reasonOf(field(7, field(1, twice)))).toBe(words);
    expect(reasonOf(model(plain, field(25, field(1, 'f'))))).toMatch('functions of its own');
    expect(reasonOf(model(plain, field(20, field(1, graph(plain)))))).toMatch('training');
  });

  it('draws no random numbers where results are compared, and may where they are not', () => {
    const words = 'MODULE_FEATURE_REFUSED random numbers';
    for (const op of ['RandomNormal', 'RandomUniformLike', 'Bernoulli', 'Multinomial']) {
      expect(reasonOf(using(op))).toBe(words);
      expect(reasonOf(using(op), 'fast')).toMatchObject({ nodes: 1 });
    }
    expect(reasonOf(using('Dropout', { inputs: ['x', 'r', 'training'] }))).toBe(words);
    expect(reasonOf(using('Dropout'))).toMatchObject({ nodes: 1 });
  });

  it('is not nested without end, nor of impossible size', () => {
    let inner = graph(plain);
    for (let depth = 0; depth < 20; depth++) {
      inner = graph({ nodes: [{ op: 'If', attributes: [attribute.graph('then_branch', inner)] }] });
    }
    expect(reasonOf(field(7, inner))).toMatch('MODULE_TOO_LARGE nested graphs');
    const huge = join(...Array.from({ length: 1_000 }, () => field(1, 2n ** 62n)), field(2, 1));
    expect(reasonOf(model({ ...plain, constants: [huge] }))).toMatch('MODULE_TOO_LARGE elements');
    const packed = field(1, join(...Array.from({ length: 1_000 }, () => varint(2n ** 62n))));
    expect(reasonOf(model({ ...plain, constants: [packed] }))).toMatch('MODULE_TOO_LARGE elements');
  });

  it('counts what it holds, in branches too', () => {
    const inner = graph({ ...plain, constants: [tensor('c', 'float32', [3], new Float32Array(3))] });
    const branches = [attribute.graph('then_branch', inner), attribute.graph('else_branch', graph(plain))];
    const outer = model({
      ...plain,
      nodes: [{ op: 'If', attributes: branches }],
      constants: [tensor('d', 'int64', [2, 4], int64(1, 2, 3, 4, 5, 6, 7, 8))],
    });
    expect(reasonOf(outer)).toMatchObject({ nodes: 3, parameters: 11n });
  });

  it('is refused or read, whatever bytes it is, and nothing else happens', () => {
    const good = new Uint8Array(VOICE_MODEL);
    expect(reasonOf(good)).toMatchObject({ parameters: expect.any(BigInt) });
    const damage = fc.tuple(fc.nat({ max: 20_000 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (places) => {
        const bad = good.slice(0, 400_000);
        for (const [at, byte] of places) bad[at] = byte;
        expect(reasonOf(bad)).toBeTypeOf('string');
      }),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void reasonOf(bytes)),
      { numRuns: 2_000 },
    );
  });

  it('is told apart by the error of the job, and the next job runs', async () => {
    const run = (module: Uint8Array) => runOn(onnx, module, [x]);
    await expect(run(new TextEncoder().encode('no model'))).rejects.toMatchObject({
      code: 'MODULE_MALFORMED',
      fault: 'user',
    });
    await expect(run(new Uint8Array())).rejects.toMatchObject({ code: 'MODULE_MALFORMED' });
    await expect(run(new Uint8Array(VOICE_MODEL.subarray(0, 1_000_000)))).rejects.toMatchObject({
      code: 'MODULE_MALFORMED',
    });
    await expect(run(using('NoSuchOperator'))).rejects.toMatchObject({
      code: 'MODULE_INVALID',
      details: { reason: expect.stringContaining('an operator is unknown') },
    });
    await expect(run(using('Spy', { domain: 'com.example' }))).rejects.toMatchObject({
      code: 'MODULE_FEATURE_REFUSED',
      details: { reason: 'an operator of its own', domain: 'com.example' },
    });
    const dangling = model({ ...plain, nodes: [{ op: 'Neg', inputs: ['nowhere'], outputs: ['y'] }] });
    await expect(run(dangling)).rejects.toMatchObject({
      code: 'MODULE_INVALID',
      details: { reason: expect.stringContaining('nowhere') },
    });
    expect((await run(model(plain))).output.length).toBeGreaterThan(0);
  });
});
