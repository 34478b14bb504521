import { encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import type { BlockStore } from '../block/block-store.ts';
import { requireBlock } from '../block/require-block.ts';
import { concatBytes, toReadableStream } from '../byte-stream.ts';
import { encodeVarint } from '../car/varint.ts';
import { writeCar } from '../car/write-car.ts';
import { ContentError } from '../content-error.ts';
import { entityScope } from '../file/scope.ts';
import { answer, answerError, type FailureOptions } from './answer.ts';
import { CAR_TYPE, RAW_TYPE, readWanted, type Wanted } from './wanted.ts';

/** Content never changes: 48 weeks, as gateways say it. */
const FOREVER = 'public, max-age=29030400, immutable';

/** What reading from a gateway depends on. */
export type ServeOptions = {
  readonly store: BlockStore;
  /** How many blocks one CAR may have. Default: 65,536. */
  readonly maxBlocks?: number | undefined;
  /** Whether content may not be given any more: 410. */
  readonly isGone?: ((cid: string) => boolean | Promise<boolean>) | undefined;
};

/** `GET` and `HEAD` of `/ipfs/<cid>`, as a block or as a CAR. */
export async function serveContent(
  request: Request,
  options: ServeOptions & FailureOptions,
): Promise<Response> {
  const wanted = readWanted(request);
  const refusal = refuseFormat(request, options, wanted);
  if (refusal !== undefined) return refusal;
  if (wanted.isProbe) return answerProbe(request, wanted);
  if (await options.isGone?.(wanted.cid)) {
    throw new ContentError('CONTENT_GONE', `${wanted.cid} was taken away.`, { cid: wanted.cid });
  }
  const isOnlyHere = request.headers.get('cache-control')?.includes('only-if-cached') ?? false;
  const first = await requireBlock(options.store, wanted.cid).catch((error: unknown) => {
    const isMissing = error instanceof ContentError && error.code === 'CONTENT_NOT_FOUND';
    if (isMissing && isOnlyHere) return answerError(request, options, error, 412);
    throw error;
  });
  if (first instanceof Response) return first;

  const headers = headersOf(wanted);
  if (isKnown(request, headers.etag)) return answer(request, 304, headers);
  if (wanted.format === 'raw') {
    const more = { 'content-length': String(first.length) };
    return answer(request, 200, { ...headers, ...more }, first as Uint8Array<ArrayBuffer>);
  }
  if (request.method === 'HEAD') return answer(request, 200, headers);
  const scope = wanted.scope === 'entity' ? entityScope(wanted.cid, first) : wanted.scope;
  const car = writeCar(options.store, wanted.cid, { maxBlocks: options.maxBlocks, scope });
  return answer(request, 200, headers, toReadableStream(car));
}

function refuseFormat(request: Request, options: FailureOptions, { format }: Wanted): Response | undefined {
  if (format === 'raw' || format === 'car') return undefined;
  const said = `Ask for ${RAW_TYPE} or ${CAR_TYPE} (version 1), by Accept or “format”.`;
  return answerError(
    request,
    options,
    new ContentError('CONTENT_INVALID', said),
    format === 'none' ? 400 : 406,
  );
}

function headersOf({ cid, format, scope }: Wanted) {
  const isRaw = format === 'raw';
  return {
    'content-type': isRaw ? RAW_TYPE : `${CAR_TYPE}; version=1; order=dfs; dups=n`,
    'content-disposition': `attachment; filename="${cid}.${isRaw ? 'bin' : 'car'}"`,
    'content-location': `/ipfs/${cid}?format=${format}${isRaw || scope === 'all' ? '' : `&dag-scope=${scope}`}`,
    'cache-control': FOREVER,
    // The same blocks in the same order every time, so even the tag of a CAR is a strong one.
    etag: isRaw ? `"${cid}.raw"` : `"${cid}.car.${scope}"`,
    vary: 'Accept',
    'x-ipfs-path': `/ipfs/${cid}`,
    'x-ipfs-roots': cid,
    ...(!isRaw && { 'accept-ranges': 'none' }),
  };
}

function isKnown(request: Request, etag: string): boolean {
  const tags = request.headers.get('if-none-match')?.split(',') ?? [];
  return tags.some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

function answerProbe(request: Request, wanted: Wanted): Response {
  const headers = headersOf(wanted);
  if (wanted.format === 'raw') return answer(request, 200, { ...headers, 'content-length': '0' });
  const header = encode({ version: 1, roots: [CID.parse(wanted.cid)] });
  return answer(request, 200, headers, concatBytes([encodeVarint(header.length), header]));
}
