import { endDevnetProcess } from './devnet-process.ts';
import { removeTraces } from './devnet-record.ts';
import { runningDevnet } from './start-in-background.ts';

/** Ends the chain of this folder and clears what it left, also after a crash. Says whether one ran. */
export async function stopInBackground(folder: string): Promise<boolean> {
  const running = runningDevnet(folder);
  if (running) await endDevnetProcess(running.pid);
  removeTraces(folder);
  return running !== undefined;
}
