import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MillraceError } from '@millrace/protocol';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Where the anvil executable lies that npm installed for this platform.
 *
 * @throws {@link MillraceError} `ANVIL_MISSING` when there is none for this platform or it was not installed.
 */
export function findAnvilBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@foundry-rs/anvil-${platform}-${ARCHITECTURES[arch] ?? arch}`;
  // The platform package is a dependency of @foundry-rs/anvil, so it is looked up from there.
  const fromHere = createRequire(import.meta.url);
  try {
    const fromAnvil = createRequire(fromHere.resolve('@foundry-rs/anvil/package.json'));
    const folder = dirname(fromAnvil.resolve(`${name}/package.json`));
    return join(folder, 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
  } catch (cause) {
    throw new MillraceError(`The local chain (anvil) is not installed for ${platform}-${arch}.`, {
      code: 'ANVIL_MISSING',
      fault: 'user',
      hint: 'Run `npm ci` without `--omit=optional`; anvil exists for Linux, macOS and Windows on x64.',
      details: { package: name },
      cause,
    });
  }
}
