import { ParallelError } from '../errors.ts';
import { parseRuleName, type RuleName } from '../schedule/rules.ts';

/** One promise of a budget. */
export type Limit =
  | { kind: 'speedup'; text: string; least: number; cores: number | undefined; rule: RuleName }
  | { kind: 'waiting'; text: string; mostPercent: number }
  | { kind: 'written'; text: string; mostPercent: number }
  | { kind: 'noConflictAt'; text: string; pattern: string }
  | { kind: 'gas'; text: string; most: number }
  | { kind: 'named'; text: string; leastPercent: number };

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

/** Each form of a sentence, what it means, and an example for the error. */
const FORMS: readonly { pattern: RegExp; example: string; read: (found: string[], text: string) => Limit }[] =
  [
    {
      pattern: new RegExp(`^(?:(\\S+) )?speedup(?:@(\\d+))? >= ${NUMBER}$`),
      example: 'speedup@8 >= 6',
      read: ([rule, cores, least], text) => ({
        kind: 'speedup',
        text,
        rule: rule ? parseRuleName(rule) : 'ideal',
        cores: cores ? Number(cores) : undefined,
        least: Number(least),
      }),
    },
    {
      pattern: /^no conflicts?$/,
      example: 'no conflict',
      read: (_found, text) => ({ kind: 'waiting', text, mostPercent: 0 }),
    },
    {
      pattern: new RegExp(`^at most ${NUMBER} ?% wait$`),
      example: 'at most 10 % wait',
      read: ([percent], text) => ({ kind: 'waiting', text, mostPercent: Number(percent) }),
    },
    {
      pattern: new RegExp(`^no slot written by more than ${NUMBER} ?%$`),
      example: 'no slot written by more than 5 %',
      read: ([percent], text) => ({ kind: 'written', text, mostPercent: Number(percent) }),
    },
    {
      pattern: /^no conflict at (.+)$/,
      example: 'no conflict at Token.totalSupply',
      read: ([pattern], text) => ({ kind: 'noConflictAt', text, pattern: pattern ?? '' }),
    },
    {
      pattern: new RegExp(`^gas per transaction <= ${NUMBER}$`),
      example: 'gas per transaction <= 70000',
      read: ([most], text) => ({ kind: 'gas', text, most: Number(most) }),
    },
    {
      pattern: new RegExp(`^at least ${NUMBER} ?% named$`),
      example: 'at least 99 % named',
      read: ([percent], text) => ({ kind: 'named', text, leastPercent: Number(percent) }),
    },
  ];

/**
 * Reads one promise: `speedup@8 >= 6`, `monad speedup@64 >= 20`, `speedup >= 28` (any number of cores), `no conflict`,
 * `at most 10 % wait`, `no slot written by more than 5 %`, `no conflict at Token.totalSupply`,
 * `gas per transaction <= 70000`, `at least 99 % named`.
 *
 * @throws {@link ParallelError} `BAD_BUDGET`, `UNKNOWN_RULE`
 */
export function parseLimit(text: string): Limit {
  const sentence = text.trim().replace(/\s+/g, ' ');
  for (const { pattern, read } of FORMS) {
    const found = pattern.exec(sentence);
    if (found) return read(found.slice(1), sentence);
  }
  throw new ParallelError(`"${text}" is no limit that can be checked.`, {
    code: 'BAD_BUDGET',
    fault: 'user',
    hint: `Say it like one of these: ${FORMS.map(({ example }) => example).join('; ')}.`,
  });
}
