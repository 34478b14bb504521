import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Limit, ParallelError, parseLimit } from '@millrace/parallel';
import { z } from 'zod';

const budgetSchema = z.strictObject({
  $schema: z.string().optional(),
  about: z.string().optional(),
  scenario: z
    .array(z.string().min(1), 'must be a command: a list of words')
    .min(1, 'must name a program')
    .optional(),
  blocks: z.string('must name blocks').optional(),
  layouts: z.array(z.string(), 'must be a list of paths').default([]),
  limits: z.array(z.string(), 'must be a list of sentences').min(1, 'must hold at least one limit'),
});

/** What a budget file asks for. Paths are absolute. */
export type Budget = {
  path: string;
  folder: string;
  about: string | undefined;
  /** Command that starts a chain with the block on it. Without one, the chain of `--rpc` is looked at. */
  scenario: readonly string[] | undefined;
  blocks: string | undefined;
  layouts: readonly string[];
  limits: readonly Limit[];
};

/**
 * Reads a budget: `{ "scenario": ["node", "scenario.js"], "layouts": ["out"], "limits": ["speedup@8 >= 6"] }`.
 *
 * @throws {@link ParallelError} `BAD_BUDGET` with the place that is wrong
 */
export function readBudget(path: string): Budget {
  if (!existsSync(path)) throw bad(`There is no budget file ${path}.`, 'Name one with --budget.');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw bad(`${path} is not JSON: ${cause instanceof Error ? cause.message : cause}.`);
  }
  const parsed = budgetSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`${path}: “${issue?.path.join('.') || 'the file'}” ${issue?.message}.`);
  }
  const { about, scenario, blocks, layouts, limits } = parsed.data;
  const folder = dirname(path);
  return {
    path,
    folder,
    about,
    scenario,
    blocks,
    layouts: layouts.map((layout) => resolve(folder, layout)),
    limits: limits.map(parseLimit),
  };
}

function bad(message: string, hint = 'docs/build/parallel.md shows a budget file.'): ParallelError {
  return new ParallelError(message, { code: 'BAD_BUDGET', fault: 'user', hint });
}
