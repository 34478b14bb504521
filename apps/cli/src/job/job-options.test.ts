import { describe, expect, it } from 'vitest';
import { type JobWishes, readJobDraft } from './job-options.ts';

const NOTHING = { input: [], region: [], energy: [] } as unknown as JobWishes;
const read = (wishes: Partial<JobWishes>, file = 'job.wasm') =>
  readJobDraft({ ...NOTHING, ...wishes }, file, 6, 1_000n);

describe('what is said of a job', () => {
  it('has sensible defaults', () => {
    expect(read({})).toMatchObject({
      runtime: 'wasm',
      profile: 'integer',
      fuel: 10_000_000_000n,
      memoryPages: 1_024,
      timeMilliseconds: 60_000,
      needs: { priceCap: 1_000_000n, deadline: 1_600n, tier: 'deterministic', memoryMegabytes: 64 },
    });
  });

  it('is read in the units of people', () => {
    const draft = read({
      fuel: '2.5e3',
      memory: '8',
      time: '2m',
      maxPrice: '0.05',
      deadline: '1h',
      region: ['SE', 'FI'],
    });
    expect(draft).toMatchObject({ fuel: 2_500n, memoryPages: 128, timeMilliseconds: 120_000 });
    expect(draft.needs).toMatchObject({ priceCap: 50_000n, deadline: 4_600n, regions: ['FI', 'SE'] });
  });

  it('takes the runtime from the name of the file', () => {
    expect(read({}, 'model.onnx').runtime).toBe('onnx');
    expect(read({}, 'image.json')).toMatchObject({ runtime: 'container', needs: { tier: 'fast' } });
    expect(read({ runtime: 'wasm' }, 'model.onnx').runtime).toBe('wasm');
  });

  it.each([
    [{ fuel: '1.5' }, 'INVALID_OPTION'],
    [{ fuel: '-1' }, 'INVALID_OPTION'],
    [{ fuel: '0' }, 'JOB_SPEC_INVALID'],
    [{ memory: '64MB' }, 'INVALID_OPTION'],
    [{ memory: '5000' }, 'JOB_SPEC_INVALID'],
    [{ tier: 'best' }, 'INVALID_OPTION'],
    [{ time: 'soon' }, 'INVALID_DURATION'],
    [{ seed: '0x12' }, 'JOB_SPEC_INVALID'],
    [{ maxPrice: '1.2345678' }, 'INVALID_AMOUNT'],
    [{ region: ['a b'] }, 'JOB_SPEC_INVALID'],
  ] as [Partial<JobWishes>, string][])('refuses %o', (wishes, code) => {
    expect(() => read(wishes)).toThrow(expect.objectContaining({ code }));
  });
});
