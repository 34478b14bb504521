import { inputPart, inputSize, output, progress } from "../../../packages/sandbox/template/assembly/millrace";
import { connect, convolve, endOf, KERNEL, largest, Layer, layerAt } from "./layer";

const MAGIC: u32 = 0x31474944;
const PIXELS: i32 = 28 * 28;
const WANTS_LOGITS: u32 = 1;

const AGAIN = 1;
const DONE = 0;
const INVALID = 2;

/** Between two steps a job can be stopped, or written down and sent elsewhere; and its labels go out. */
const IMAGES_PER_STEP: i32 = 16;

/** The network, and how far it has come. */
@final
class Batch {
  private model: Uint8Array;
  private first: Layer;
  private second: Layer;
  private third: Layer;
  private planes: StaticArray<u8> = new StaticArray<u8>(8 * 12 * 12);
  private features: StaticArray<u8> = new StaticArray<u8>(16 * 4 * 4);
  private logits: StaticArray<i32> = new StaticArray<i32>(10);
  /** Where images begin in the input. */
  private start: i32;
  private wantsLogits: bool;
  count: i32;
  done: i32 = 0;

  /** `size` bytes of the input are the model. */
  constructor(size: i32) {
    const model = inputPart(0, size + 8);
    const first = layerAt(model.dataStart + 4, KERNEL * KERNEL, 8);
    const second = layerAt(endOf(first), KERNEL * KERNEL * 8, 16);
    this.model = model;
    this.first = first;
    this.second = second;
    this.third = layerAt(endOf(second), 4 * 4 * 16, 10);
    this.start = size + 8;
    this.count = load<i32>(model.dataStart + <usize>size);
    this.wantsLogits = (load<u32>(model.dataStart + <usize>size, 4) & WANTS_LOGITS) != 0;
  }

  get isComplete(): bool {
    const isModel = load<u32>(this.model.dataStart) == MAGIC;
    return isModel && <i64>inputSize() == <i64>this.start + <i64>this.count * PIXELS;
  }

  run(): void {
    const recordBytes = this.wantsLogits ? 41 : 1;
    const end = min(this.count, this.done + IMAGES_PER_STEP);
    const images = inputPart(this.start + this.done * PIXELS, (end - this.done) * PIXELS);
    const records = new Uint8Array((end - this.done) * recordBytes);
    const logits = changetype<usize>(this.logits);
    for (let index = 0; index < end - this.done; index++) {
      convolve(this.first, 1, 28, images.dataStart + <usize>(index * PIXELS), 12, changetype<usize>(this.planes));
      convolve(this.second, 8, 12, changetype<usize>(this.planes), 4, changetype<usize>(this.features));
      connect(this.third, changetype<usize>(this.features), logits);
      const record = records.dataStart + <usize>(index * recordBytes);
      store<u8>(record, largest(logits));
      if (this.wantsLogits) memory.copy(record + 1, logits, 40);
    }
    this.done = end;
    output(records);
  }
}

/** Bytes of the model's file. */
const MODEL_BYTES: i32 = 4 + 8 * (12 + 25) + 16 * (12 + 200) + 10 * (12 + 256);

let current: Batch | null = null;

/** Input: the model, then images as `src/digits-job.ts` writes them. Output: a record for each image, in their order. */
export function step(): i32 {
  let batch = current;
  if (batch === null) {
    if (inputSize() < MODEL_BYTES + 8) return INVALID;
    batch = new Batch(MODEL_BYTES);
    if (!batch.isComplete) return INVALID;
    current = batch;
  }
  batch.run();
  progress(batch.done, max(1, batch.count));
  return batch.done < batch.count ? AGAIN : DONE;
}
