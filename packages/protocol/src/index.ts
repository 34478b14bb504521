export {
  type Fault,
  MillraceError,
  type MillraceErrorOptions,
  type SerializedMillraceError,
} from './errors/millrace-error.ts';
