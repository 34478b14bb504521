import type { KeeperConfig } from '../config/schema.ts';
import { ConfigError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createConsoleSink } from './console-sink.ts';
import type { Sink } from './outbox.ts';
import { createWebhookSink } from './webhook-sink.ts';

/**
 * The sinks of a configuration; secrets come from the environment.
 *
 * @throws {@link ConfigError} `SECRET_MISSING`.
 */
export function createSinks(
  alerts: KeeperConfig['alerts'],
  environment: Readonly<Record<string, string | undefined>>,
  log: Log,
): Sink[] {
  const webhooks = alerts.webhooks.map((settings) => {
    const secret = environment[settings.secretEnv];
    if (secret === undefined || secret === '') {
      throw new ConfigError(`The environment variable ${settings.secretEnv} is not set.`, {
        code: 'SECRET_MISSING',
        hint: `It holds the secret with which alerts to the webhook ${settings.name} are signed.`,
      });
    }
    return createWebhookSink(settings, secret);
  });
  return [...(alerts.console ? [createConsoleSink(log)] : []), ...webhooks];
}
