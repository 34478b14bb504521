import { text } from 'node:stream/consumers';
import { askSchema, type Hardware, readWire } from '@millrace/protocol/wire';
import { machineFailure } from './machine-failure.ts';
import { runNodeProgram } from './node-program.ts';

/**
 * What this computer is, measured for a second: all machines of the scene are on it.
 *
 * @throws TourError `MACHINE_FAILED`
 */
export async function measureHardware(signal: AbortSignal): Promise<Hardware> {
  const words = ['benchmark', '--json', '--seconds', '1', '--threads', '1'];
  const program = runNodeProgram(words, {});
  const stop = () => void program.stop();
  signal.addEventListener('abort', stop);
  try {
    const report = await text(program.child.stdout);
    const ended = await program.ended;
    const line = /^\{.*\}$/m.exec(report)?.[0];
    if (line === undefined) throw machineFailure('measurement', ended, program.said());
    const { hardware } = JSON.parse(line) as { hardware: unknown };
    return readWire(askSchema.shape.hardware, hardware);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
