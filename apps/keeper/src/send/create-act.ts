import type { Desk } from '../desk.ts';
import { createSender, type SenderParts } from './sender.ts';

/** How duties act: they send, or in a dry run say once for each cause what they would send. */
export function createAct(parts: SenderParts, dryRun: boolean): Desk['act'] {
  if (!dryRun) {
    const send = createSender(parts);
    return async (action, fees) => {
      if (!fees.affordable)
        parts.complaints.raise('gas', 'gas costs more than fees.maxFeeGwei: nothing is sent');
      else {
        parts.complaints.settle('gas');
        await send(action, fees);
      }
    };
  }
  const said = new Map<string, string>();
  return async ({ kind, subject, cause, to, gas, note }) => {
    if (said.get(subject) === cause) return;
    said.set(subject, cause);
    parts.metrics.actions.inc({ kind, result: 'dry-run' });
    parts.log.info(
      { id: `${subject}@${cause}`, to, gas: String(gas), ...note },
      `dry run: would send ${kind}`,
    );
  };
}
