import type { Connection } from '../chain/connect.ts';
import { formatMoment, formatSpan } from '../figures/time.ts';
import { type Finding, ok, warning } from './finding.ts';

const SLOW_MILLISECONDS = 2_000;
const MOST_SKEW_SECONDS = 300n;

/** Whether the node answers quickly, and whether its newest block is of now. */
export async function checkChain({ client, url, chainId, isDevnet }: Connection): Promise<Finding[]> {
  const start = performance.now();
  const block = await client.getBlock();
  const took = Math.round(performance.now() - start);
  const answers = `${url} answers in ${took} ms, chain ${chainId}${isDevnet ? ', the local chain' : ''}.`;
  const node =
    took > SLOW_MILLISECONDS
      ? warning('node', answers, 'A slow node makes everything slow: try another with --rpc.')
      : ok('node', answers);
  return [node, clockOf(block.timestamp, isDevnet)];
}

function clockOf(time: bigint, isDevnet: boolean): Finding {
  const now = BigInt(Math.floor(Date.now() / 1000));
  const says = `The newest block is of ${formatMoment(time)}`;
  const skew = time > now ? time - now : now - time;
  if (skew <= MOST_SKEW_SECONDS) return ok('clock', `${says}, ${formatSpan(skew)} from this clock.`);
  // Whoever plays with `dev wait`, or lives through a crash of long ago, means to be elsewhere in time.
  if (isDevnet && time > now)
    return ok('clock', `${says}, ${formatSpan(skew)} ahead, as \`dev wait\` made it.`);
  if (isDevnet) return ok('clock', `${says}: a local chain has its own time.`);
  const hint =
    time > now ? 'Set this machine’s clock.' : 'The node may be out of sync: wait for it, or use another.';
  return warning('clock', `${says}, ${formatSpan(skew)} from this clock.`, hint);
}
