import { CID } from 'multiformats/cid';
import { type Cid, isSha256, textOf } from '../cid.ts';
import { ContentError } from '../content-error.ts';

export const RAW_TYPE = 'application/vnd.ipld.raw';
export const CAR_TYPE = 'application/vnd.ipld.car';

/** What is asked for when a gateway is only asked whether it is one: no bytes, in their own name. */
const PROBE = 'bafkqaaa';

/** The formats of an answer; `none`: nothing was asked for, `other`: nothing that is served here. */
type Format = 'raw' | 'car' | 'none' | 'other';

/** What a request asks for. */
export type Wanted = {
  readonly cid: Cid | typeof PROBE;
  readonly isProbe: boolean;
  readonly format: Format;
  readonly scope: 'block' | 'entity' | 'all';
};

const FORMATS: Record<string, Format> = { raw: 'raw', car: 'car' };
const LONGEST_NAME = 120;

/**
 * Reads `/ipfs/<cid>?format=…`, or `Accept`.
 *
 * @throws {@link ContentError} `CONTENT_INVALID`
 */
export function readWanted(request: Request): Wanted {
  const { pathname, searchParams } = new URL(request.url);
  const [name = '', ...path] = pathname.replace(/^.*?\/ipfs\//, '').split('/');
  if (path.some((part) => part !== '')) throw invalid('Paths below a content identifier are not served');
  const isProbe = name === PROBE;
  return {
    cid: isProbe ? PROBE : readName(name),
    isProbe,
    format: readFormat(searchParams.get('format'), request.headers.get('accept'), searchParams),
    scope: readScope(searchParams),
  };
}

/** Any spelling of a CID of SHA-256, as its canonical text. */
function readName(name: string): Cid {
  let cid: CID | undefined;
  try {
    cid = name.length <= LONGEST_NAME ? CID.parse(name) : undefined;
  } catch {
    // Said below.
  }
  if (cid !== undefined && isSha256(cid)) return textOf(cid);
  throw invalid(`“${name.slice(0, LONGEST_NAME)}” is no content identifier that is served here`);
}

function readFormat(format: string | null, accept: string | null, params: URLSearchParams): Format {
  if (format !== null) {
    const found = FORMATS[format] ?? 'other';
    return found === 'car' && !isVersion1(params.get('car-version')) ? 'other' : found;
  }
  if (accept === null) return 'none';
  const types = accept.split(',').map(parseType);
  for (const { type, version, quality } of types.sort((a, b) => b.quality - a.quality)) {
    if (quality === 0) continue;
    if (type === RAW_TYPE) return 'raw';
    if (type === CAR_TYPE && isVersion1(params.get('car-version') ?? version)) return 'car';
  }
  return 'other';
}

function parseType(text: string): { type: string; version: string | null; quality: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const find = (name: string) =>
    parameters.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const quality = Number(find('q') ?? 1);
  return { type, version: find('version') ?? null, quality: Number.isNaN(quality) ? 0 : quality };
}

function isVersion1(version: string | null): boolean {
  return version === null || version === '1';
}

function readScope(params: URLSearchParams): Wanted['scope'] {
  const range = params.get('entity-bytes');
  if (range !== null && range !== '0:*') throw invalid('Parts of a file are not served');
  const scope = params.get('dag-scope') ?? (range === null ? 'all' : 'entity');
  if (scope === 'block' || scope === 'entity' || scope === 'all') return scope;
  throw invalid('“dag-scope” is block, entity or all');
}

function invalid(what: string): ContentError {
  return new ContentError('CONTENT_INVALID', `${what}.`);
}
