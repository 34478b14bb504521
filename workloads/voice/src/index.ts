export { readVoice, type Voice } from './read-voice.ts';
export { readWav, type Sound } from './read-wav.ts';
export { sampleRecording } from './sample-recording.ts';
export { type Segment, type SegmentOptions, speechSegments } from './speech-segments.ts';
export { VoiceError } from './voice-error.ts';
export { VOICE_RATE, type VoiceJob, voiceJob, voiceModel } from './voice-job.ts';
