import type { BlockStore } from '../block/block-store.ts';
import { writeCar } from '../car/write-car.ts';
import type { Cid } from '../cid.ts';
import { CAR_TYPE } from '../gateway/wanted.ts';
import { askGateway, type ClientOptions } from './ask-gateway.ts';

/** Nobody tells how far an upload is: the answer is awaited as long as a slow line may need. */
const PATIENCE_SECONDS = 30;
const SLOWEST_BYTES_A_SECOND = 50_000;

/**
 * Sends a piece of content to a gateway that takes uploads (`POST /ipfs`). Resolves when the gateway has all of it.
 *
 * @throws {@link ContentError} `CONTENT_NOT_FOUND` when a block is not in `store`, `CONTENT_REFUSED`, `CONTENT_TOO_LARGE`,
 * `CONTENT_FULL`, `CONTENT_UNREACHABLE`.
 */
export async function uploadFile(
  store: Pick<BlockStore, 'get'>,
  gateway: string,
  cid: Cid,
  options: ClientOptions = {},
): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of writeCar(store, cid)) pieces.push(piece);
  // Not as a stream: browsers take none over HTTP/1.1.
  const body = new Blob(pieces);
  const stallSeconds = options.stallSeconds ?? PATIENCE_SECONDS + body.size / SLOWEST_BYTES_A_SECOND;
  const more = { ...options, stallSeconds };
  const answer = await askGateway(gateway, 'ipfs', 'application/json', more, { body, type: CAR_TYPE });
  answer.close();
}
