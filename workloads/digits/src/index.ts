export { DigitsError } from './digits-error.ts';
export { type DigitsJob, type DigitsOptions, digitsJob, digitsModel, digitsModule } from './digits-job.ts';
export { type Digits, readDigits } from './read-digits.ts';
export { type DigitSample, sampleDigits } from './sample-digits.ts';
