import { MillraceError } from '@millrace/protocol/millrace-error';

const WORDS = {
  VOICE_SOUND_INVALID: { fault: 'user', hint: 'Give a WAV file of 16-bit samples at 16,000 a second.' },
  VOICE_OUTPUT_INVALID: { fault: 'provider', hint: 'Run the job again, on another machine.' },
} as const;

/** A sound that the model does not hear, or a result that is none of it. */
export class VoiceError extends MillraceError {
  override readonly name = 'VoiceError';

  constructor(code: keyof typeof WORDS, shortMessage: string, cause?: unknown) {
    super(shortMessage, { code, ...WORDS[code], retryable: false, cause });
  }
}
