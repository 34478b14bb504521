import { MillraceError, type MillraceErrorOptions } from '@millrace/protocol';

/** What can go wrong in the tour itself. */
export type TourErrorCode =
  | 'BAD_ARGUMENT'
  | 'CHAIN_FAILED'
  | 'CHAIN_GONE'
  | 'CHAIN_RUNS'
  | 'INVARIANT_BROKEN'
  | 'KEEPER_FAILED'
  | 'MACHINE_FAILED'
  | 'SCENE_FAILED';

/** The tour cannot start or go on. */
export class TourError extends MillraceError {
  override readonly name = 'TourError';

  constructor(shortMessage: string, options: MillraceErrorOptions & { code: TourErrorCode }) {
    super(shortMessage, options);
  }
}
