import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { amountsAsText, MillraceError } from '@millrace/protocol';
import { z } from 'zod';
import { type Deployment, deploymentSchema } from './deployment.ts';

const FILE = 'deployment.json';

/** Where {@link saveDeployment} writes in a state folder, such as `.millrace`. */
export function deploymentPath(stateFolder: string): string {
  return join(stateFolder, FILE);
}

/** Writes a deployment into a state folder, whole or not at all, and returns the path of the file. */
export function saveDeployment(stateFolder: string, deployment: Deployment): string {
  const path = deploymentPath(stateFolder);
  const draft = `${path}.${process.pid}`;
  mkdirSync(stateFolder, { recursive: true });
  const text = JSON.stringify(deployment, amountsAsText, 2);
  writeFileSync(draft, `${text}\n`);
  renameSync(draft, path);
  return path;
}

/**
 * Reads what {@link saveDeployment} wrote.
 *
 * @throws {@link MillraceError} `DEPLOYMENT_MISSING` or `DEPLOYMENT_MALFORMED`, which names each field that is wrong.
 */
export function loadDeployment(stateFolder: string): Deployment {
  const path = deploymentPath(stateFolder);
  const result = deploymentSchema.safeParse(readJson(path));
  if (result.success) return result.data;
  throw malformed(path, z.prettifyError(result.error), result.error);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MillraceError(`There is no deployment at ${path}.`, {
      code: 'DEPLOYMENT_MISSING',
      fault: 'user',
      hint: 'Start a local chain first, or name the folder it keeps its state in.',
      details: { path },
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(path, 'It is not JSON.', cause);
  }
}

function malformed(path: string, problems: string, cause: unknown): MillraceError {
  return new MillraceError(`The deployment at ${path} cannot be read.`, {
    code: 'DEPLOYMENT_MALFORMED',
    fault: 'user',
    hint: `${problems} Delete the file and deploy again.`,
    details: { path },
    cause,
  });
}
