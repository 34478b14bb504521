import type { Dictionary, Words } from './words.ts';

const UNITS = 'Check the decimals of the tokens and feeds, and the bounds of the answers.';

/** What whoever creates markets, oracles and rate models is told. */
export const setupWords: Dictionary = {
  'BadConfig(bytes32,uint256)': setup(
    'Parameter out of range',
    (say) => `The parameter ${say.text('field')} cannot be ${say.count('value')}.`,
    'The range of every parameter is written at MarketConfig.',
  ),
  'DeployFailed(bytes32)': setup(
    'Could not be deployed',
    (say) => `The ${say.text('part')} could not be deployed.`,
    'Send the transaction with a higher gas limit.',
  ),
  'DeploymentFailed()': setup(
    'Code could not be stored',
    () => 'The code could not be stored.',
    'Store at most 24,575 bytes at once, with a higher gas limit.',
  ),
  'EmptyBounds(uint256,uint256)': setup(
    'Empty price bounds',
    (say) => `No answer lies between ${say.count('minAnswer')} and ${say.count('maxAnswer')}.`,
    'Set the lower bound well below the upper one.',
  ),
  'PriceTooCoarse(uint256,uint256)': setup(
    'Price too coarse',
    (say) =>
      `The lowest price would be ${say.count('actual')}, and ${say.count('expectedAtLeast')} is needed to keep six digits.`,
    UNITS,
  ),
  'PriceTooLarge(uint256,uint256)': setup(
    'Price too large',
    (say) =>
      `The highest price would be ${say.count('actual')}, and ${say.count('expectedAtMost')} is the most that fits.`,
    UNITS,
  ),
  'ScaleOutOfRange(uint256,uint256)': setup(
    'Decimals out of range',
    (say) => `A factor of 10^${say.count('plus')} / 10^${say.count('minus')} cannot be used.`,
    UNITS,
  ),
  'SourceWithoutCode(address)': setup(
    'No contract there',
    (say) => `There is no contract at ${say.address('source')}.`,
    'Deploy the source first, on this chain.',
  ),
  'SameSource(address)': setup(
    'One source twice',
    (say) => `Both sources are ${say.address('source')}.`,
    'Name two independent sources, or one.',
  ),
  'DeviationOutOfRange(uint256,uint256)': setup(
    'Deviation out of range',
    (say) => `A deviation of ${say.percent('actual')} is above ${say.percent('expectedAtMost')}.`,
    'It is 0 with one source and below 100 % with two.',
  ),
  'SourceGasTooHigh(uint256,uint256)': setup(
    'Too much gas for a source',
    (say) => `A source may get ${say.count('expectedAtMost')} gas, not ${say.count('actual')}.`,
    'Choose the cost of a cold read with room to spare.',
  ),
  'SignerCount(uint256,uint256)': setup(
    'Wrong number of signers',
    (say) => `There may be ${say.count('expected')} signers, not ${say.count('actual')}.`,
    'Change the set.',
  ),
  'SignerSetNotAscending(address,address)': setup(
    'Signers out of order',
    (say) => `${say.address('next')} follows ${say.address('previous')}, and addresses must ascend.`,
    'Sort the signers by address, each once and none zero.',
  ),
  'ThresholdOutOfRange(uint256,uint256)': setup(
    'Threshold out of range',
    (say) =>
      `${say.count('actual')} signatures cannot be asked for: there are ${say.count('expected')} signers.`,
    'Ask for at least one and at most all.',
  ),
  'GrowthTooHigh(uint256,uint256)': setup(
    'Growth cap too high',
    (say) =>
      `A rate may be allowed to grow by ${say.percentOfWad('expectedAtMost')} a year, not by ${say.percentOfWad('actual')}.`,
    'Choose a lower cap.',
  ),
  'RateOutOfRange(uint256,uint256)': setup(
    'Vault rate out of range',
    (say) =>
      `The rate of the vault is ${say.count('actual')}, and at least ${say.count('expectedAtLeast')} is needed.`,
    'Check the vault and the decimals of its asset.',
  ),
  'KinkOutOfRange(uint256,uint256)': setup(
    'Kink out of range',
    (say) => `The kink cannot be at ${say.percentOfWad('actual')}.`,
    'Put it between 0 and 100 %, neither included.',
  ),
  'RateTooHigh(uint256,uint256)': setup(
    'Rate too high',
    (say) => `A rate of ${say.percentOfWad('actual')} a year is above ${say.percentOfWad('expectedAtMost')}.`,
    'Lower the parameters of the curve.',
  ),
  'LevelOutOfRange(uint256,uint256,uint256)': setup(
    'Level out of range',
    (say) =>
      `The first level, ${say.percentOfWad('actual')} a year, is not between ${say.percentOfWad('expectedAtLeast')} and ${say.percentOfWad('expectedAtMost')}.`,
    'Set 0 < lowest ≤ first ≤ highest.',
  ),
  'SpeedTooHigh(uint256,uint256)': setup(
    'Speed too high',
    (say) => `A speed of ${say.count('actual')} is above ${say.count('expectedAtMost')} (wad a year).`,
    'Choose a lower speed; 50e18 is usual.',
  ),
  'UnknownActions(uint8,uint8)': setup(
    'Unknown rights',
    (say) => `${say.count('actual')} sets bits beyond ${say.count('expected')}.`,
    'Rights are 1 supply, 2 hold, 4 borrow, 8 liquidate, added up.',
  ),
  'LengthMismatch(uint256,uint256)': setup(
    'Lists of different length',
    (say) => `One list has ${say.count('expected')} entries and the other ${say.count('actual')}.`,
    'Give one entry for each account.',
  ),
  'GuardianCount(uint256,uint256)': setup(
    'Wrong number of guardians',
    (say) => `There may be 1 to ${say.count('expected')} guardians, not ${say.count('actual')}.`,
    'Change the set.',
  ),
  'GuardiansNotAscending(address,address)': setup(
    'Guardians out of order',
    (say) => `${say.address('next')} follows ${say.address('previous')}, and addresses must ascend.`,
    'Sort the guardians by address, each once and none zero.',
  ),
  'PauseDuration(uint256,uint256)': setup(
    'Pause out of range',
    (say) => `A pause lasts 1 second to ${say.duration('expected')}, not ${say.duration('actual')}.`,
    'Choose a length within that.',
  ),
};

function setup(title: string, sentence: Words['sentence'], hint: string): Words {
  return { title, fault: 'user', sentence, hint };
}
