import { MillraceError, type SerializedMillraceError } from '@millrace/protocol';
import type { SignedReceipt } from '@millrace/protocol/compute';

/**
 * A job that ended by its own doing: it ran out of fuel, its module was refused. `code` is the outcome on its receipt
 * (`JOB_…`, `MODULE_…`), the same on every node; so it is not tried elsewhere.
 */
export class JobError extends MillraceError {
  override readonly name = 'JobError';
  /** What the node has signed. */
  readonly receipt: SignedReceipt;

  constructor(receipt: SignedReceipt, said: SerializedMillraceError | undefined) {
    const { outcome, node } = receipt.receipt;
    super(said?.shortMessage ?? `The job ended with ${outcome}.`, {
      code: outcome,
      fault: 'user',
      retryable: said?.retryable ?? false,
      hint: said?.hint ?? 'Run the job with the same input on your own machine to see where it fails.',
      details: { ...said?.details, node },
    });
    this.receipt = receipt;
  }
}
