import type Dockerode from 'dockerode';
import { OWNER_LABEL } from './container-config.ts';

/**
 * Removes the containers that an earlier process of the same owner left behind, whatever they do; others are not touched.
 *
 * @returns how many there were
 */
export async function removeLeftContainers(docker: Dockerode, owner: string): Promise<number> {
  const filters = { label: [`${OWNER_LABEL}=${owner}`] };
  const found = await docker.listContainers({ all: true, filters });
  // An engine that does not know the filter would answer with those of everybody.
  const own = found.filter(({ Labels }) => Labels?.[OWNER_LABEL] === owner);
  await Promise.all(own.map(({ Id }) => remove(docker.getContainer(Id))));
  return own.length;
}

async function remove(container: Dockerode.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    // It may be gone already, or just be going.
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}
