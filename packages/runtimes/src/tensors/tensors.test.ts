import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtime-error.ts';
import { packTensors } from './pack-tensors.ts';
import { ARRAYS, type Plan, TENSOR_TYPES, type Tensor, type TensorBundle } from './tensor.ts';
import { unpackTensors } from './unpack-tensors.ts';

const tensor: fc.Arbitrary<Tensor> = fc
  .record({
    type: fc.constantFrom(...TENSOR_TYPES),
    dims: fc.array(fc.nat({ max: 4 }), { maxLength: 4 }),
    seed: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  })
  .map(({ type, dims, seed }) => {
    const elements = dims.reduce((product, length) => product * length, 1);
    const bytes = new Uint8Array(elements * ARRAYS[type].BYTES_PER_ELEMENT);
    for (const at of bytes.keys())
      bytes[at] = type === 'bool' ? (seed[at % 64] as number) & 1 : (seed[at % 64] as number);
    return { type, dims, data: new ARRAYS[type](bytes.buffer) } as Tensor;
  });
const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => text !== '__proto__');
const tensors = fc.uniqueArray(fc.tuple(name, tensor), { selector: ([each]) => each, maxLength: 6 });

const x: Tensor = { type: 'float32', dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const h: Tensor = { type: 'int64', dims: [], data: BigInt64Array.of(-7n) };
const plan: Plan = { steps: 2, sequence: ['x'], links: [{ output: 'next', input: 'h' }] };

describe('a bundle of tensors', () => {
  it('comes back as it was, for any types, shapes and names', () => {
    fc.assert(
      fc.property(tensors, (entries) => {
        const back = unpackTensors(packTensors(Object.fromEntries(entries)));
        expect(Object.keys(back.tensors).length).toBe(entries.length);
        for (const [key, { type, dims, data }] of entries) {
          const same = back.tensors[key] as Tensor;
          expect([same.type, same.dims]).toEqual([type, dims]);
          expect(bytesOf(same)).toEqual(bytesOf({ type, dims, data } as Tensor));
        }
      }),
    );
  });

  it('has one form, whatever the order in which it was put together', () => {
    fc.assert(
      fc.property(tensors, (entries) => {
        const forward = packTensors(Object.fromEntries(entries));
        expect(packTensors(Object.fromEntries([...entries].reverse()))).toEqual(forward);
        const { tensors: again } = unpackTensors(forward);
        expect(packTensors(again)).toEqual(forward);
      }),
    );
  });

  it('keeps its plan and its engine', () => {
    const bytes = packTensors({ x, h }, { plan, engine: 'onnxruntime-web@1.22.0/wasm/1' });
    expect(unpackTensors(bytes)).toMatchObject({ plan, engine: 'onnxruntime-web@1.22.0/wasm/1' });
  });

  it('stands as documented, byte by byte', () => {
    const bytes = packTensors({ h }, { plan: { steps: 1, sequence: [], links: [] } });
    const head =
      '4d54454e534f5201' + '00' + '01000000' + '00000000' + '00000000' + '01000000' + '0168' + '07' + '00';
    const gap = '000000'.slice(0, 2 * ((8 - ((head.length / 2) % 8)) % 8));
    expect(Buffer.from(bytes).toString('hex')).toBe(`${head}${gap}f9ffffffffffffff`);
  });

  it('reads no other bytes than those it would write', () => {
    const good = packTensors({ x, h }, { plan });
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = good.slice();
        bad[at] = (bad[at] as number) ^ change;
        let read: TensorBundle | undefined;
        try {
          read = unpackTensors(bad);
        } catch (error) {
          expect(error).toBeInstanceOf(RuntimeError);
          expect(error).toMatchObject({ code: 'JOB_INPUT_INVALID', fault: 'user' });
        }
        if (read) expect(packTensors(read.tensors, read)).toEqual(bad);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses every beginning of itself, and anything behind its end', () => {
    const good = packTensors({ x, h }, { plan });
    for (let length = 0; length < good.length; length++) {
      expect(() => unpackTensors(good.subarray(0, length))).toThrow(RuntimeError);
    }
    expect(() => unpackTensors(Uint8Array.of(...good, 0))).toThrow('Something follows');
  });

  it('is not written from what it could not say', () => {
    const refused = (bundle: TensorBundle, words: string) =>
      expect(() => packTensors(bundle.tensors, bundle)).toThrow(words);
    refused({ tensors: { x: { ...x, dims: [7] } } }, 'other than the elements');
    refused({ tensors: { x: { ...x, type: 'float64' } as never } }, 'is another type');
    refused({ tensors: { b: { type: 'bool', dims: [1], data: Uint8Array.of(2) } } }, 'other than 0 or 1');
    refused({ tensors: { '\ud800': x } }, 'no text');
    refused({ tensors: { x, h }, plan: { ...plan, sequence: ['h'] } }, 'fed twice');
    refused({ tensors: { x, h }, plan: { ...plan, steps: 3 } }, 'not as long as the steps');
    refused({ tensors: { x, h }, plan: { ...plan, sequence: ['y'] } }, 'not there');
    refused({ tensors: { x, h }, plan: { ...plan, steps: 0 } }, 'out of range');
  });
});

function bytesOf({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
