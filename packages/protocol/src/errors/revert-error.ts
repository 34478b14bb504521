import type { Hex } from 'viem';
import { decodeRevert } from './decode-revert.ts';
import type { ErrorContext } from './error-context.ts';
import { MillraceError } from './millrace-error.ts';
import { dictionary } from './words/dictionary.ts';
import { Speaker } from './words/speaker.ts';
import type { Words } from './words/words.ts';

const SILENT: Words = {
  title: 'Refused without a reason',
  fault: 'protocol',
  sentence: () => 'The contract refused and did not say why.',
  hint: 'Check the address and the chain, and give the transaction more gas.',
};

const UNKNOWN: Words = {
  title: 'Refused for an unknown reason',
  fault: 'protocol',
  sentence: (say) => `A contract refused with the unknown error ${say.raw('selector')}.`,
  hint: 'The contract may be newer than this program, or a token’s own: look the selector up.',
};

/** A contract said no. `code` is the name of its error, as in `TILLS_DRY` for `TillsDry`. */
export class RevertError extends MillraceError {
  override readonly name = 'RevertError';
  /** A few words for a heading. */
  readonly title: string;
  /** The custom error, such as `TillsDry`; `undefined` when it is unknown or there is none. */
  readonly errorName: string | undefined;
  /** Arguments by the names of the ABI. */
  readonly args: Readonly<Record<string, unknown>>;

  /** @param data what the contract returned: `0x` when it returned nothing */
  constructor(data: Hex, context: ErrorContext = {}, cause?: unknown) {
    const { name, signature, args } = decodeRevert(data);
    const words = (signature && dictionary[signature]) || (data === '0x' ? SILENT : UNKNOWN);
    const spoken = signature === undefined ? { selector: data.slice(0, 10) } : args;
    super(words.sentence(new Speaker(spoken, context)), {
      code: name === undefined ? 'REVERTED' : screaming(name),
      fault: words.fault,
      retryable: words.retryable,
      hint: words.hint,
      details: { title: words.title, error: name ?? data.slice(0, 10), args },
      cause,
    });
    this.title = words.title;
    this.errorName = name;
    this.args = args;
  }
}

function screaming(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
