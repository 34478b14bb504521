import { arithmeticWords } from './arithmetic.ts';
import { channelWords } from './channels.ts';
import { jobWords } from './jobs.ts';
import { liquidationWords } from './liquidations.ts';
import { operationWords } from './operations.ts';
import { oracleWords } from './oracles.ts';
import { refusalWords } from './refusals.ts';
import { setupWords } from './setup.ts';
import { tokenWords } from './tokens.ts';
import type { Dictionary } from './words.ts';

/** The words of every error that our contracts, their tokens and their libraries know, by signature. */
export const dictionary: Dictionary = {
  ...operationWords,
  ...refusalWords,
  ...liquidationWords,
  ...tokenWords,
  ...oracleWords,
  ...setupWords,
  ...channelWords,
  ...jobWords,
  ...arithmeticWords,
};
