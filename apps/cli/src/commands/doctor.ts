import { MillraceError } from '@millrace/protocol';
import { type Connection, connect } from '../chain/connect.ts';
import { defineCommand } from '../command.ts';
import { checkAccount } from '../doctor/check-account.ts';
import { checkChain } from '../doctor/check-chain.ts';
import { checkContracts } from '../doctor/check-contracts.ts';
import { checkMarkets } from '../doctor/check-markets.ts';
import { type Finding, ok, warning } from '../doctor/finding.ts';
import { look } from '../doctor/look.ts';
import { EXIT } from '../exit-code.ts';
import { findActor, type SignerOptions, signerOptions } from '../keys/signer.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const doctor = defineCommand({
  path: 'doctor',
  summary: 'Check everything a command needs, and say what to do about what is missing',
  details:
    'Node, chain, contracts and their code, clock, markets, prices, key, balances. Ends with exit code 1 when a check failed. Nothing is sent, and no key is unlocked.',
  options: signerOptions,
  examples: [
    'doctor',
    'doctor --as alice',
    'doctor --rpc https://rpc.example --deployment deployment.json --json',
  ],
  run: async (session, { options }) => {
    const findings = await examine(session, options);
    const failed = findings.filter(({ status }) => status === 'failed').length;
    const warnings = findings.filter(({ status }) => status === 'warning').length;
    const total = failed + warnings === 0 ? 'All is well.' : `${failed} failed, ${warnings} to look at.`;
    return {
      data: { ok: failed === 0, findings },
      text: [...findings.map((each) => lineOf(each, session.terminal)), '', total].join('\n'),
      exitCode: failed === 0 ? EXIT.ok : EXIT.user,
    };
  },
});

async function examine(session: Session, options: SignerOptions): Promise<Finding[]> {
  const { settings } = session;
  const findings: Finding[] = [
    ok(
      'configuration',
      settings.configPath
        ? `${settings.configPath} is sound.`
        : 'No configuration file; defaults and environment apply.',
    ),
  ];
  const add = async (check: string, run: () => Promise<Finding | readonly Finding[]>) =>
    void findings.push(...(await look(check, run)));
  let connection: Connection | undefined;
  await add('node', async () => {
    connection = await connect(session);
    return checkChain(connection);
  });
  if (connection === undefined) return findings;
  const connected: Connection = connection;
  const { deployment } = connected;
  if (deployment === undefined) {
    const hint = 'Name the deployment file with --deployment or MILLRACE_DEPLOYMENT.';
    findings.push({
      check: 'contracts',
      status: 'failed',
      says: 'It is not known where the contracts are.',
      hint,
      code: 'NO_DEPLOYMENT',
    });
    return findings;
  }
  await add('contracts', () => checkContracts(connected.client, deployment));
  await add('markets', () => checkMarkets({ ...connected, deployment }));
  await add('key', async () => {
    const actor = await findActor(session, connected, options).catch(orNobody);
    if ('status' in actor) return actor;
    return [
      ok('key', `${actor.name} (${actor.address}) would act.`),
      ...(await checkAccount({ ...connected, deployment }, actor)),
    ];
  });
  return findings;
}

/** Looking needs no key. */
function orNobody(error: unknown): Finding {
  if (!(error instanceof MillraceError) || error.code !== 'NO_KEY') throw error;
  return warning('key', 'Nobody is named to act: you can look, and send nothing.', error.hint ?? '');
}

const SIGNS = { ok: '✓', warning: '!', failed: '✗' } as const;

function lineOf({ status, says, hint }: Finding, { colors }: Terminal): string {
  const paint = { ok: colors.green, warning: colors.yellow, failed: colors.red }[status];
  return `${paint(SIGNS[status])} ${says}${hint ? `\n  ${colors.dim(hint)}` : ''}`;
}
