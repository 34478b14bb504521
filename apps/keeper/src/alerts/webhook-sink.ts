import { createHmac } from 'node:crypto';
import type { WebhookSettings } from '../config/schema.ts';
import { OutsideError } from '../errors.ts';
import type { Alert } from '../journal/records.ts';
import type { Sink } from './outbox.ts';

/**
 * The signature of a webhook body: HMAC-SHA256 over `<unix seconds>.<body>`, in hexadecimal. A receiver compares it and
 * refuses times that are long ago.
 */
function signBody(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

/**
 * Alerts by HTTP POST. Headers: `idempotency-key` (the alert's key: drop what you have seen) and `x-millrace-signature`
 * (`t=<unix seconds>,v1=<signature>`). Any answer but 2xx is a failure and is tried again.
 */
export function createWebhookSink(settings: WebhookSettings, secret: string): Sink {
  return {
    name: `webhook:${settings.name}`,
    maxBackoffMilliseconds: settings.maxBackoffSeconds * 1_000,
    deliver: (alert) => post(settings, secret, alert),
  };
}

async function post(settings: WebhookSettings, secret: string, alert: Alert): Promise<void> {
  const body = JSON.stringify(alert);
  const seconds = Math.floor(Date.now() / 1_000);
  let status: number;
  try {
    const response = await fetch(settings.url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': alert.key,
        'x-millrace-signature': `t=${seconds},v1=${signBody(secret, seconds, body)}`,
      },
      body,
      signal: AbortSignal.timeout(settings.timeoutSeconds * 1_000),
    });
    status = response.status;
    await response.body?.cancel();
  } catch (cause) {
    throw failed(settings.name, 'it does not answer', cause);
  }
  if (status < 200 || status > 299) throw failed(settings.name, `it answers ${status}`);
}

function failed(name: string, why: string, cause?: unknown): OutsideError {
  return new OutsideError(`The webhook ${name} did not take an alert: ${why}.`, {
    code: 'WEBHOOK_FAILED',
    fault: 'provider',
    retryable: true,
    cause,
  });
}
