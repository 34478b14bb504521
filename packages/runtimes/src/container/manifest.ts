import { RuntimeError } from '../runtime-error.ts';

/** The module of a container job: a small JSON text. */
export type ContainerManifest = {
  /** Name and digest: `docker.io/library/alpine@sha256:…`. A tag could name something else tomorrow. */
  readonly image: string;
  /** Instead of the image’s own. */
  readonly entrypoint?: readonly string[];
  /** Instead of the image’s own. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

const FIELDS = new Set(['image', 'entrypoint', 'command', 'environment']);
const IMAGE = /^[a-z0-9][a-z0-9._/:-]{0,254}@sha256:[0-9a-f]{64}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const MOST_BYTES = 65_536;
const MOST_WORDS = 256;

/**
 * Reads the module of a container job.
 *
 * @throws {@link RuntimeError} `MODULE_MALFORMED`, `MODULE_TOO_LARGE`
 */
export function readManifest(module: Uint8Array): ContainerManifest {
  if (module.length > MOST_BYTES) {
    const facts = { bytes: module.length, most: MOST_BYTES };
    throw new RuntimeError('MODULE_TOO_LARGE', 'The manifest is too large.', facts);
  }
  const value = parse(module);
  const unknown = Object.keys(value).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw malformed(`${unknown} is unknown`);
  const { image, entrypoint, command, environment } = value as Record<keyof ContainerManifest, unknown>;
  if (typeof image !== 'string' || !IMAGE.test(image)) throw malformed('image is no name@sha256:digest');
  if (!isWords(entrypoint)) throw malformed('entrypoint is no list of words');
  if (!isWords(command)) throw malformed('command is no list of words');
  if (!isEnvironment(environment)) throw malformed('environment is no object of words');
  return {
    image,
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    ...(environment && { environment }),
  };
}

function parse(module: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(module));
  } catch {
    throw malformed('it is no JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw malformed('it is no object');
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

function isWords(value: unknown): value is string[] | undefined {
  return value === undefined || (Array.isArray(value) && value.length <= MOST_WORDS && value.every(isWord));
}

function isEnvironment(value: unknown): value is Record<string, string> | undefined {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, word]) => VARIABLE.test(name) && isWord(word));
}

function malformed(reason: string): RuntimeError {
  return new RuntimeError('MODULE_MALFORMED', `This is no manifest of a container: ${reason}.`, { reason });
}
