// The program of a child process: one model, run by the native build of ONNX Runtime. A process, because native code that
// a hostile model crashes takes its whole process with it.
import { createRequire } from 'node:module';
import type { Answer, Request } from './messages.ts';
import { type Ort, serveEngine } from './serve-engine.ts';

const [, , library = ''] = process.argv;
const ort = createRequire(import.meta.url)(library) as Ort & { env: { versions: { node?: string } } };
const say = (answer: Answer) => process.send?.(answer);
const answer = serveEngine({ ort, provider: 'cpu' }, say);

process.on('message', (request: Request) => answer(request));
process.on('disconnect', () => process.exit());
say({ kind: 'ready', version: ort.env.versions.node ?? '' });
