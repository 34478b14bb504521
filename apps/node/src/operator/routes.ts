import { ROUTES } from '@millrace/protocol/wire';
import type { Hono } from 'hono';
import { redeemChannels } from '../channel/redeem.ts';
import type { Core } from '../core.ts';
import type { AskExchange } from '../gossip/ask-exchange.ts';
import { answer } from '../http/answer.ts';
import { statusOf } from '../http/node-state.ts';
import { collectCredit } from './collect-credit.ts';
import { earningsOf } from './earnings.ts';
import { rotateSession } from './rotate-session.ts';
import { requireToken } from './token.ts';

/** What the operator may do. `POST` of redeem with `?collect=1` also sends the credit to the account. */
export function addOperatorRoutes(app: Hono, core: Core, asks: AskExchange, token: string): void {
  app.use('/v1/operator/*', async (c, next) => {
    requireToken(c.req.header('authorization'), token);
    await next();
  });
  app.post(ROUTES.drain, (c) => {
    core.mode.isDraining = c.req.query('off') === undefined;
    core.log.info({ isDraining: core.mode.isDraining }, 'the operator has spoken');
    return answer(statusOf(core, asks.peers()));
  });
  app.post(ROUTES.rotate, async () => {
    await rotateSession(core);
    return answer(statusOf(core, asks.peers()));
  });
  app.get(ROUTES.earnings, async () => answer(await earningsOf(core)));
  app.post(ROUTES.redeem, async (c) => {
    await redeemChannels(core, core.books.all());
    if (c.req.query('collect') !== undefined) await collectCredit(core);
    return answer(await earningsOf(core));
  });
}
