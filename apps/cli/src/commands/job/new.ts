import { resolve } from 'node:path';
import { defineCommand } from '../../command.ts';
import { createProject } from '../../job/create-project.ts';

export const jobNew = defineCommand({
  path: 'job new',
  summary: 'Start a job of your own, in AssemblyScript',
  details:
    'Writes a small project: a job that counts bytes, and a typed library of all that a job can ask of the machine. Any other .wasm that meets the same interface will do as well.',
  arguments: { folder: { about: 'where; it is made' } },
  examples: ['job new count-bytes'],
  run: async (session, { arguments: { folder } }) => {
    const path = resolve(session.cwd, folder);
    const files = createProject(path);
    const steps = [
      `(cd ${folder} && npm install && npm run build)`,
      `millrace job run ${folder}/build/job.wasm --input <file>`,
    ];
    return {
      data: { folder: path, files },
      text: [`A job in ${path}:`, ...files.map((file) => `  ${file}`), '', ...steps].join('\n'),
    };
  },
});
