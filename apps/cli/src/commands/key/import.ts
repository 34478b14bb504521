import { privateKeyToAddress } from 'viem/accounts';
import { defineCommand } from '../../command.ts';
import { checkKeyName, writeKeystore } from '../../keys/key-folder.ts';
import { lockKey } from '../../keys/keystore.ts';
import { chooseNewPassword, readPrivateKey } from '../../keys/secrets.ts';

export const keyImport = defineCommand({
  path: 'key import',
  summary: 'Keep a private key you have in an encrypted file',
  details:
    'The key comes from standard input, then the password: a line each. On a terminal both are asked for.',
  arguments: { name: { about: 'what you call it' } },
  options: { passwordStdin: { kind: 'flag', about: 'read the password from standard input, after the key' } },
  examples: ['key import main', 'key import main --password-stdin < key-and-password.txt'],
  run: async (session, { arguments: { name }, options }) => {
    const folder = session.settings.keyFolder;
    checkKeyName(folder, name);
    const privateKey = await readPrivateKey(session);
    const password = await chooseNewPassword(session, options.passwordStdin);
    const path = writeKeystore(folder, name, lockKey(privateKey, password));
    const address = privateKeyToAddress(privateKey);
    return {
      data: { name, address, path },
      text: `${address}\nKept in ${path}. Use it with --keystore ${name}.`,
    };
  },
});
