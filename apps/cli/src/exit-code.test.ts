import { MillraceError } from '@millrace/protocol';
import { RefusalError } from '@millrace/protocol/wire';
import { RentError } from '@millrace/sdk/rent';
import { expect, it } from 'vitest';
import { EXIT, exitCodeOf } from './exit-code.ts';

it.each(['RENT_NO_OFFER', 'RENT_DEADLINE', 'RENT_ATTEMPTS_FAILED', 'RENT_NODE_UNREACHABLE'] as const)(
  '%s: nobody served it, another try may help',
  (code) => {
    expect(exitCodeOf(new RentError(code, 'It did not work.'))).toBe(EXIT.unserved);
  },
);

it.each(['RENT_FUNDS', 'RENT_PRICE_CAP', 'RENT_STOPPED'] as const)('%s is for the user to mend', (code) => {
  expect(exitCodeOf(new RentError(code, 'It did not work.'))).toBe(EXIT.user);
});

it('a refusal counts by whose it is', () => {
  expect(exitCodeOf(new RefusalError('NODE_DRAINING', 'Not now.'))).toBe(EXIT.unserved);
  expect(exitCodeOf(new RefusalError('JOB_ENDED', 'It has ended.'))).toBe(EXIT.user);
});

it('what is broken in Millrace is told apart', () => {
  const error = new MillraceError('Broken.', { code: 'BROKEN', fault: 'protocol' });
  expect(exitCodeOf(error)).toBe(EXIT.protocol);
});
