import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { defineCommand } from '../../command.ts';
import { checkKeyName, writeKeystore } from '../../keys/key-folder.ts';
import { lockKey } from '../../keys/keystore.ts';
import { chooseNewPassword } from '../../keys/secrets.ts';

export const keyNew = defineCommand({
  path: 'key new',
  summary: 'Make a key and keep it in an encrypted file',
  details:
    'The file is a version 3 keystore that only you may read. Nobody can restore it without its password.',
  arguments: { name: { about: 'what you call it' } },
  options: { passwordStdin: { kind: 'flag', about: 'read the password from standard input' } },
  examples: ['key new main', 'key new main --password-stdin < password.txt'],
  run: async (session, { arguments: { name }, options }) => {
    const folder = session.settings.keyFolder;
    checkKeyName(folder, name);
    const password = await chooseNewPassword(session, options.passwordStdin);
    const privateKey = generatePrivateKey();
    const path = writeKeystore(folder, name, lockKey(privateKey, password));
    const address = privateKeyToAddress(privateKey);
    return {
      data: { name, address, path },
      text: `${address}\nKept in ${path}. Use it with --keystore ${name}.`,
    };
  },
});
