import { z } from 'zod';

/** What `millrace.config.json` may say. Secrets have no place in it. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  rpc: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
  chain: z.int('must be a chain id, a whole number').positive('must be a chain id above 0').optional(),
  deployment: z.string('must be the path of a deployment file').min(1).optional(),
  market: z.string('must be a symbol, a name or an address').min(1).optional(),
  keystore: z.string('must be the name or the path of a keystore').min(1).optional(),
  state: z.string('must be the path of a folder').min(1).optional(),
  timeout: z.number('must be seconds').positive('must be above 0 seconds').optional(),
});

export type ConfigFile = {
  [K in keyof z.infer<typeof configSchema>]?: z.infer<typeof configSchema>[K] | undefined;
};
