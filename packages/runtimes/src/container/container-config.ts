import type { JobSpec } from '@millrace/protocol/compute';
import type { ContainerCreateOptions } from 'dockerode';
import type { ContainerManifest } from './manifest.ts';

const JOB_LABEL = 'millrace.job';
/** By which containers of jobs are found again, should a node end before them. */
export const OWNER_LABEL = 'millrace.owner';
const BYTES_OF_PAGE = 65_536;
/** Below that, engines refuse. */
const LEAST_MEMORY = 6 * 1_024 * 1_024;
const MOST_PROCESSES = 128;
const NOBODY = '65534:65534';

/**
 * A container that has its input, its output, and nothing else: no network, no capabilities, no writable files but 64 MiB of
 * memory at `/tmp`.
 *
 * @param image the engine’s own id of it
 * @param isolation the engine’s OCI runtime, such as `runsc`; its default when absent
 * @param owner whose container it is
 */
export function containerConfig(
  spec: JobSpec,
  { entrypoint, command, environment }: ContainerManifest,
  image: string,
  { isolation, owner }: { isolation?: string | undefined; owner?: string | undefined },
): ContainerCreateOptions {
  const memory = Math.max(LEAST_MEMORY, spec.memoryPages * BYTES_OF_PAGE);
  const variables = { ...environment, MILLRACE_SEED: spec.seed };
  return {
    Image: image,
    ...(entrypoint && { Entrypoint: [...entrypoint] }),
    ...(command && { Cmd: [...command] }),
    Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    User: NOBODY,
    Labels: { [JOB_LABEL]: spec.module, ...(owner !== undefined && { [OWNER_LABEL]: owner }) },
    Tty: false,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: 'none',
      IpcMode: 'none',
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=64m' },
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Memory: memory,
      // Together with swap, so there is none.
      MemorySwap: memory,
      NanoCpus: Math.max(1, spec.needs.cores) * 1_000_000_000,
      PidsLimit: MOST_PROCESSES,
      Ulimits: [
        { Name: 'nofile', Soft: 1_024, Hard: 1_024 },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      // What it says goes to whoever listens, and nowhere else.
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      ...(isolation && { Runtime: isolation }),
    },
  };
}
