import { forgetChannels } from '../channel/forget-channels.ts';
import { createRedeemSchedule } from '../channel/redeem-schedule.ts';
import type { Core } from '../core.ts';
import type { EscrowJobs } from '../escrow/escrow-jobs.ts';
import { anchorEpochs } from '../receipt/anchor-epochs.ts';
import { type Chore, startChore } from './chore.ts';
import { registerWhenNew } from './register.ts';
import { renewSession } from './renew-session.ts';
import { createChannelWatch } from './watch-channels.ts';

const HOUR = 3_600_000;
const FORGET_EVERY = 600_000;

/** All that a node does on the chain by itself. */
export function startChores(core: Core, escrow: EscrowJobs): Chore {
  const { config, log } = core;
  const poll = config.chain.pollSeconds * 1_000;
  const chores = [
    startChore('watch channels', poll, log, createChannelWatch(core)),
    startChore('redeem', poll, log, createRedeemSchedule(core)),
    startChore('escrow', poll, log, () => escrow.round()),
    startChore('anchor', Math.max(poll, 10_000), log, () => anchorEpochs(core)),
    startChore('session', HOUR, log, () => renewSession(core)),
    startChore('forget', FORGET_EVERY, log, () => forgetChannels(core)),
  ];
  if (config.register) chores.push(startChore('register', HOUR, log, () => registerWhenNew(core)));
  return { close: async () => void (await Promise.all(chores.map((chore) => chore.close()))) };
}
