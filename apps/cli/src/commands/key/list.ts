import { defineCommand } from '../../command.ts';
import { listKeys } from '../../keys/key-folder.ts';
import { renderTable } from '../../terminal/table.ts';

export const keyList = defineCommand({
  path: 'key list',
  summary: 'The keys kept on this machine',
  examples: ['key list', 'key list --json'],
  run: async ({ settings, terminal }) => {
    const keys = listKeys(settings.keyFolder);
    const rows = keys.map(({ name, address, path }) => [name, address ?? '—', path]);
    const table = renderTable(
      [{ title: 'name' }, { title: 'address' }, { title: 'file' }],
      rows,
      terminal.colors.dim,
    );
    const text =
      keys.length > 0
        ? table
        : `No keys in ${settings.keyFolder}. Make one with \`millrace key new <name>\`.`;
    return { data: { folder: settings.keyFolder, keys }, text };
  },
});
