import { MillraceError } from '@millrace/protocol';
import { type Address, bytesToHex, getAddress, type Hex, type LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Connection } from '../chain/connect.ts';
import { everybody, findPerson } from '../devnet/people.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { addressIn, readKeystore } from './key-folder.ts';
import { unlockKey } from './keystore.ts';
import { parsePrivateKey, readPassword, readPrivateKey } from './secrets.ts';

/** How a command is told who acts. A key itself is never an option: command lines are seen by everyone on a machine. */
export const signerOptions = {
  as: { kind: 'text', value: 'name', about: 'somebody on the local chain, such as alice' },
  keystore: { kind: 'text', value: 'name', about: 'a key made with `millrace key new`, or a file' },
  keyStdin: { kind: 'flag', about: 'read the private key from standard input' },
  passwordStdin: { kind: 'flag', about: 'read the password of the keystore from standard input' },
} as const;

export type SignerOptions = {
  as: string | undefined;
  keystore: string | undefined;
  keyStdin: boolean;
  passwordStdin: boolean;
};

/** Who acts: an address, a name for people, and how to get at the key when it is needed. */
export type Actor = {
  address: Address;
  name: string;
  unlock: () => Promise<LocalAccount>;
  /** The key itself, for a program that acts for a long time and is started by this one. */
  reveal: () => Promise<Hex>;
};

/**
 * Finds out who acts, without asking for a password yet: `--as`, `--key-stdin`, `--keystore`, MILLRACE_PRIVATE_KEY, the
 * configured keystore, in this order.
 *
 * @throws {@link MillraceError} `NO_KEY`, `NOT_A_DEVNET`, and what is wrong with the key that was chosen.
 */
export async function findActor(
  session: Session,
  { isDevnet }: Connection,
  options: SignerOptions,
): Promise<Actor> {
  requireOne(options);
  if (options.as !== undefined) return person(options.as, isDevnet);
  if (options.keyStdin) return known(await readPrivateKey(session));
  if (options.keystore !== undefined) return locked(session, options.keystore, options);
  const fromEnvironment = session.env.MILLRACE_PRIVATE_KEY;
  if (fromEnvironment) return known(parsePrivateKey(fromEnvironment, 'MILLRACE_PRIVATE_KEY'));
  if (session.settings.keystore !== undefined) return locked(session, session.settings.keystore, options);
  throw new MillraceError('Nobody is named to act.', {
    code: 'NO_KEY',
    fault: 'user',
    hint: isDevnet
      ? 'On the local chain add --as alice, or anybody of `millrace dev accounts`.'
      : 'Use --keystore <name>, set MILLRACE_PRIVATE_KEY, or pipe a key in with --key-stdin.',
  });
}

function person(name: string, isDevnet: boolean): Actor {
  if (!isDevnet) {
    throw new MillraceError(`--as ${name} works on the local chain only.`, {
      code: 'NOT_A_DEVNET',
      fault: 'user',
      hint: 'The keys of these accounts are known to everyone. Use --keystore here.',
    });
  }
  const found = findPerson(name);
  if (found) {
    const reveal = async () => bytesToHex(found.account.getHdKey().privateKey ?? new Uint8Array());
    return { address: found.account.address, name: found.name, unlock: async () => found.account, reveal };
  }
  const names = everybody().map((each) => each.name);
  throw new UsageError(`Nobody is called “${name}”.`, 'UNKNOWN_ACCOUNT', `There are: ${names.join(', ')}.`);
}

function known(key: Hex): Actor {
  const account = privateKeyToAccount(key);
  return {
    address: account.address,
    name: account.address,
    unlock: async () => account,
    reveal: async () => key,
  };
}

async function locked(session: Session, name: string, options: SignerOptions): Promise<Actor> {
  const { path, locked: keystore, exposed } = readKeystore(session.settings.keyFolder, session.cwd, name);
  if (exposed) session.terminal.note(`! Others on this machine can read ${path}. Mend it: chmod 600 ${path}`);
  const reveal = async () => {
    const password = await readPassword(session, options.passwordStdin, `Password of ${name}`);
    return unlockKey(keystore, password, path);
  };
  const unlock = async () => privateKeyToAccount(await reveal());
  const address = addressIn(keystore);
  if (address !== undefined) return { address: getAddress(address), name, unlock, reveal };
  // Some wallets leave the address out: then it takes the password to know who it is.
  return { ...known(await reveal()), name };
}

function requireOne(options: SignerOptions): void {
  const given = [
    options.as !== undefined && '--as',
    options.keyStdin && '--key-stdin',
    options.keystore !== undefined && '--keystore',
  ];
  const named = given.filter((each) => each !== false);
  if (named.length > 1) {
    throw new UsageError(
      `${named.join(' and ')} exclude each other.`,
      'CONFLICTING_OPTIONS',
      'Name one of them.',
    );
  }
}
