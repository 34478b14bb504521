import type { BlockStore } from '../block/block-store.ts';
import { type CarContent, readCar } from '../car/read-car.ts';
import { ContentError } from '../content-error.ts';
import { tooManyBytes } from '../limits.ts';
import { answerError, answerJson, type FailureOptions } from './answer.ts';
import { CAR_TYPE } from './wanted.ts';

/** What somebody who may upload may upload. */
export type UploadGrant = {
  /** Of the CAR. Default: what the gateway takes at most. */
  readonly maxBytes?: number | undefined;
  /** Called when all of it is in the store, before the answer: the moment to pin it. */
  readonly onStored?: ((content: CarContent) => void | Promise<void>) | undefined;
};

/** Who may upload. Without this, nobody may. */
export type UploadOptions = {
  /** Of the CAR. */
  readonly maxBytes: number;
  /** Default: 65,536. */
  readonly maxBlocks?: number | undefined;
  /** Looks at the headers, not at the body. An answer instead of a grant is sent as it is. */
  readonly authorize: (request: Request) => UploadGrant | Response | Promise<UploadGrant | Response>;
};

/** `POST /ipfs` of a CAR: 201 with `{ cid, blocks, bytes }`. */
export async function takeUpload(
  request: Request,
  options: FailureOptions & { readonly store: BlockStore; readonly upload?: UploadOptions | undefined },
): Promise<Response> {
  const { store, upload } = options;
  if (upload === undefined) {
    return answerError(
      request,
      options,
      new ContentError('CONTENT_REFUSED', 'This gateway takes no uploads.'),
      405,
    );
  }
  if (request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() !== CAR_TYPE) {
    return answerError(
      request,
      options,
      new ContentError('CONTENT_INVALID', `An upload is ${CAR_TYPE}.`),
      415,
    );
  }
  const grant = await upload.authorize(request);
  if (grant instanceof Response) return grant;
  const maxBytes = Math.min(grant.maxBytes ?? upload.maxBytes, upload.maxBytes);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooManyBytes(maxBytes);
  if (request.body === null) throw new ContentError('CONTENT_INVALID', 'The upload is empty.');
  const content = await readCar(store, request.body, { maxBytes, maxBlocks: upload.maxBlocks });
  await grant.onStored?.(content);
  const { root, blocks, bytes } = content;
  return answerJson(request, 201, { cid: root, blocks, bytes }, { location: `/ipfs/${root}` });
}
