import { type TensorBundle, unpackTensors } from '@millrace/runtimes/tensors';
import { type Segment, type SegmentOptions, speechSegments } from './speech-segments.ts';
import { VoiceError } from './voice-error.ts';
import { FRAME, VOICE_RATE } from './voice-job.ts';

/** What the model has heard. */
export type Voice = {
  /** Where somebody speaks, in order. */
  readonly segments: readonly Segment[];
  /** How likely somebody speaks, for each 32 ms: 0 to 1. */
  readonly probabilities: Float32Array;
  /** What ran the model; results are the same to the last bit where it is the same. */
  readonly engine: string | undefined;
};

/**
 * @param output of a job that `voiceJob` has made
 * @throws VoiceError `VOICE_OUTPUT_INVALID`
 */
export function readVoice(output: Uint8Array, options: SegmentOptions = {}): Voice {
  const { tensors, engine } = unpack(output);
  const data = tensors.output?.data;
  if (!(data instanceof Float32Array) || !data.every((each) => each >= 0 && each <= 1))
    throw new VoiceError('VOICE_OUTPUT_INVALID', 'The result has no probabilities of speech.');
  return { segments: speechSegments(data, VOICE_RATE / FRAME, options), probabilities: data, engine };
}

function unpack(output: Uint8Array): TensorBundle {
  try {
    return unpackTensors(output);
  } catch (cause) {
    throw new VoiceError('VOICE_OUTPUT_INVALID', 'The result is no tensors.', cause);
  }
}
