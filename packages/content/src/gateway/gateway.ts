import { ContentError } from '../content-error.ts';
import { answer, answerError, type FailureOptions } from './answer.ts';
import { type ServeOptions, serveContent } from './serve-content.ts';
import { takeUpload, type UploadOptions } from './take-upload.ts';

/** What a gateway is made of. */
export type GatewayOptions = ServeOptions &
  FailureOptions & {
    readonly upload?: UploadOptions | undefined;
    /** Told of what failed inside, which those who asked are not. */
    readonly onError?: ((error: unknown, request: Request) => void) | undefined;
  };

/**
 * A trustless gateway (specs.ipfs.tech/http-gateways/trustless-gateway) over a store: `GET` and `HEAD` of `/ipfs/<cid>` as
 * `?format=raw` or `?format=car`, and `POST /ipfs` of a CAR. It never throws; failures are JSON:
 * `{ error: { code, shortMessage, hint, … } }`.
 *
 * @example
 * ```ts
 * const gateway = createGateway({ store })
 * app.all('/ipfs/*', (context) => gateway(context.req.raw))
 * ```
 */
export function createGateway(options: GatewayOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await route(request, options);
    } catch (error) {
      const response = answerError(request, options, error);
      if (response.status >= 500) options.onError?.(error, request);
      return response;
    }
  };
}

async function route(request: Request, options: GatewayOptions): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!/\/ipfs(\/|$)/.test(pathname)) {
    return answerError(
      request,
      options,
      new ContentError('CONTENT_INVALID', 'There is nothing but /ipfs.'),
      404,
    );
  }
  const isUpload = /\/ipfs\/?$/.test(pathname);
  if (request.method === 'OPTIONS') return answer(request, 204, { 'access-control-max-age': '86400' });
  if (request.method === 'POST' && isUpload) return takeUpload(request, options);
  if (request.method === 'GET' || request.method === 'HEAD') return serveContent(request, options);
  return answerError(
    request,
    options,
    new ContentError('CONTENT_REFUSED', 'Only GET, HEAD and uploads.'),
    405,
  );
}
