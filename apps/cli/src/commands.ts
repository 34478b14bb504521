import type { AnyCommand } from './command.ts';
import { keyImport } from './commands/key/import.ts';
import { keyList } from './commands/key/list.ts';
import { keyNew } from './commands/key/new.ts';

/** Every verb, in the order of the help. */
export const commands: readonly AnyCommand[] = [keyNew, keyImport, keyList];
