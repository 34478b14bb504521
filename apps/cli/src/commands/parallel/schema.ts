import { blockReportSchema, rangeReportSchema } from '@millrace/parallel';
import { z } from 'zod';
import { defineCommand } from '../../command.ts';
import { renderJson } from '../../terminal/json.ts';

export const parallelSchema = defineCommand({
  path: 'parallel schema',
  summary: 'JSON Schema of what `parallel analyze --json` says of one block, or of a range',
  options: { range: { kind: 'flag', about: 'of a range' } },
  examples: ['parallel schema', 'parallel schema --range > range.schema.json'],
  run: async (_session, { options }) => {
    const data = z.toJSONSchema(options.range ? rangeReportSchema : blockReportSchema);
    return { data, text: renderJson(data) };
  },
});
