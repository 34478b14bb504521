import { formatAmount } from '@millrace/protocol';
import { sendCall } from '@millrace/sdk';
import { type OpenMarket, readPosition } from '../chain/open-market.ts';
import type { Outcome } from '../command.ts';
import { marketName, positionData } from '../figures/position-data.ts';
import { renderChange } from '../figures/render-change.ts';
import { Interrupted } from '../interrupted.ts';
import type { Actor } from '../keys/signer.ts';
import type { Session } from '../session.ts';
import { askToGoOn } from '../terminal/confirm.ts';
import type { Plan } from './plan.ts';
import { readAgain } from './read-again.ts';
import { rehearse } from './rehearse.ts';

/** How a command that sends is told what to send without asking. */
export const sendOptions = {
  yes: { kind: 'flag', about: 'send without asking' },
  dryRun: { kind: 'flag', about: 'show before → after and send nothing' },
  approvedOnly: { kind: 'flag', about: 'refuse instead of approving tokens' },
} as const;

export type SendWishes = { yes: boolean; dryRun: boolean; approvedOnly: boolean };

/**
 * Carries a plan out: tries it, shows before → after and what has to be approved, asks, approves exactly that, sends, waits,
 * and reads what has become of the position.
 */
export async function perform(
  session: Session,
  opened: OpenMarket,
  actor: Actor,
  plan: Plan,
  wishes: SendWishes,
): Promise<Outcome> {
  const { terminal } = session;
  const { client } = opened;
  const { approval, gas } = await rehearse(client, plan, actor.address, wishes.approvedOnly);
  const { colors } = terminal;
  const promised = renderChange(plan.market, plan.before, plan.after, colors);
  const approves = approval && approvalWords(plan);
  const heading = `${colors.bold(plan.title)} ${colors.dim(`as ${actor.name}`)}`;
  const lines = [...(plan.notes ?? []), ...(approves ? [approves] : [])];
  const shown = [heading, promised, ...lines].join('\n');
  const common = {
    action: plan.action,
    market: marketName(plan.market),
    account: actor.address,
    token: plan.token.symbol,
    decimals: plan.token.decimals,
    amount: plan.amount,
    ...plan.extra,
    before: positionData(plan.market, plan.before),
  };
  if (wishes.dryRun) {
    const data = {
      ...common,
      dryRun: true,
      gas: gas ?? null,
      after: positionData(plan.market, plan.after),
      approval: approvalData(plan, approval !== undefined),
      transactions: [],
    };
    return { data, text: `${shown}\n${colors.dim('Dry run: nothing was sent.')}` };
  }
  terminal.note(shown);
  if (!wishes.yes) await askToGoOn(terminal, `${plan.title}?`, true);
  const account = await actor.unlock();
  const transactions: { purpose: string; hash: string; block: bigint; gasUsed: bigint }[] = [];
  const send = async (purpose: string, call: Plan['call'], payment?: Plan['payment']) => {
    // Ctrl-C while the approval was on its way: nothing more is sent.
    if (session.signal.aborted) throw new Interrupted();
    const { hash, receipt } = await sendCall(client, {
      call,
      account,
      payment,
      timeoutMilliseconds: 4 * session.settings.timeoutMilliseconds,
      onHash: (sent) => {
        session.sent.push(sent);
        terminal.note(colors.dim(`${purpose}: ${sent}`));
      },
    });
    transactions.push({ purpose, hash, block: receipt.blockNumber, gasUsed: receipt.gasUsed });
  };
  if (approval) await send('approve', approval);
  await send(plan.action, plan.call, plan.payment);
  const after = await readPosition(await readAgain(opened), plan.before.owner);
  const data = {
    ...common,
    dryRun: false,
    gas: transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
    after: positionData(plan.market, after),
    approval: approvalData(plan, approval !== undefined),
    transactions,
  };
  const done = `${colors.green('✓')} ${plan.title}: done in block ${transactions.at(-1)?.block}.`;
  return { data, text: `${done}\n${renderChange(plan.market, plan.before, after, colors)}` };
}

function approvalWords({ approval, market }: Plan): string | undefined {
  if (approval === undefined) return undefined;
  const { token, amount } = approval;
  return `Approves ${formatAmount(amount, token.decimals)} ${token.symbol} for ${market.symbol} first: no more than that.`;
}

function approvalData({ approval }: Plan, isNeeded: boolean) {
  if (approval === undefined || !isNeeded) return null;
  const { token, amount } = approval;
  return { token: token.address, symbol: token.symbol, decimals: token.decimals, amount };
}
