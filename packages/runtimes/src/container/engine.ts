import type Dockerode from 'dockerode';
import type { Availability } from '../runtime.ts';
import { RuntimeError } from '../runtime-error.ts';

/** An engine has these for every answer but those that wait for a container. */
const MILLISECONDS_TO_ANSWER = 20_000;

/** One engine, asked with and without patience. */
export type Engine = { readonly prompt: Dockerode; readonly patient: Dockerode };

/** Loaded when somebody asks for containers: most nodes run none. */
export async function connectEngine(
  socketPath: string | undefined,
  timeout = MILLISECONDS_TO_ANSWER,
): Promise<Engine> {
  const { default: Docker } = await import('dockerode');
  const place = socketPath === undefined ? {} : { socketPath };
  return { prompt: new Docker({ ...place, timeout }), patient: new Docker(place) };
}

/** Where it is, for people. */
async function placeOf(docker: Dockerode): Promise<string> {
  const { host, port, socketPath } = docker.modem as Partial<Record<'host' | 'port' | 'socketPath', unknown>>;
  if (host) return `${host}:${port}`;
  return String(typeof socketPath === 'function' ? await socketPath() : socketPath);
}

/** Whether the engine answers, runs Linux, and can hold a container to its bounds. */
export async function inspectEngine(docker: Dockerode): Promise<Availability> {
  const no = async (words: string) => ({
    available: false as const,
    reason: `${words} at ${await placeOf(docker)}`,
  });
  let info: Awaited<ReturnType<Dockerode['info']>>;
  try {
    info = await docker.info();
  } catch (error) {
    return no(`no container engine answers (${wordsOf(error)})`);
  }
  if (info.OSType !== 'linux') return no(`the container engine runs ${info.OSType}, not Linux,`);
  const bounds = { MemoryLimit: 'memory', PidsLimit: 'processes', CpuCfsQuota: 'processor time' };
  const missing = Object.entries(bounds).find(([flag]) => info[flag] !== true);
  // Without them an engine without privileges takes a bound, and does not keep it.
  if (missing) return no(`the container engine cannot bound ${missing[1]}`);
  return { available: true };
}

/**
 * The engine’s id of an image, which is fetched when it may be.
 *
 * @throws {@link RuntimeError} `HOST_UNAVAILABLE` when it is not there, `MODULE_FEATURE_REFUSED` when it brings volumes
 */
export async function findImage(docker: Dockerode, image: string, mayPull: boolean): Promise<string> {
  let found = await inspectImage(docker, image);
  if (!found && mayPull) {
    await pull(docker, image);
    found = await inspectImage(docker, image);
  }
  if (!found) {
    const reason = 'the image is not on this node';
    throw new RuntimeError('HOST_UNAVAILABLE', `The job cannot run here: ${reason}.`, { reason, image });
  }
  if (Object.keys(found.Config?.Volumes ?? {}).length > 0) {
    const reason = 'volumes, which nothing bounds';
    throw new RuntimeError('MODULE_FEATURE_REFUSED', `The image has ${reason}.`, { reason });
  }
  return found.Id;
}

/** A failure of the engine says nothing about the job. */
export function engineFailure(error: unknown): RuntimeError {
  if (error instanceof RuntimeError) return error;
  const reason = wordsOf(error);
  return new RuntimeError('HOST_ENGINE', `The container engine failed: ${reason}.`, { reason }, error);
}

async function inspectImage(docker: Dockerode, image: string) {
  try {
    return await docker.getImage(image).inspect();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

async function pull(docker: Dockerode, image: string): Promise<void> {
  const stream = await docker.pull(image);
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}

function wordsOf(error: unknown): string {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  return code ?? message.trim().slice(0, 300);
}
