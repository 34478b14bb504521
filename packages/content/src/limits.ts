import { ContentError } from './content-error.ts';

/** The largest block that the network of IPFS passes on, and the largest that is taken or read here: 2 MiB. */
export const MAX_BLOCK_BYTES = 2 << 20;

/** How many blocks one piece of content may have unless said otherwise: 64 GiB in blocks of 1 MiB. */
export const MAX_BLOCKS = 1 << 16;

/** How many levels of links are followed: four hold more than 1,000,000 GiB. */
export const MAX_DEPTH = 32;

/** What content that strangers made may cost. */
export type ContentLimits = {
  /** Of the whole, including what the links need. */
  readonly maxBytes: number;
  /** Default: 65,536. */
  readonly maxBlocks?: number | undefined;
};

/** Adds up and refuses what is too much. */
export type Meter = { readonly bytes: number; readonly blocks: number; add(bytes: number): void };

/** @throws {@link ContentError} `CONTENT_TOO_LARGE`, by `add`. */
export function createMeter({ maxBytes, maxBlocks = MAX_BLOCKS }: ContentLimits): Meter {
  const meter = {
    bytes: 0,
    blocks: 0,
    add(bytes: number) {
      meter.bytes += bytes;
      meter.blocks++;
      if (meter.bytes > maxBytes) throw tooManyBytes(maxBytes);
      if (meter.blocks > maxBlocks) {
        throw new ContentError('CONTENT_TOO_LARGE', `It has more than ${maxBlocks} blocks.`, { maxBlocks });
      }
    },
  };
  return meter;
}

export function tooManyBytes(maxBytes: number): ContentError {
  return new ContentError('CONTENT_TOO_LARGE', `It has more than ${maxBytes} bytes.`, { maxBytes });
}

/** @throws {@link ContentError} `CONTENT_TOO_LARGE` */
export function requireBlockSize(bytes: number): void {
  if (bytes <= MAX_BLOCK_BYTES) return;
  throw new ContentError('CONTENT_TOO_LARGE', `A block has more than ${MAX_BLOCK_BYTES} bytes.`, { bytes });
}
