import { causesOf } from './causes.ts';

/** What can be told apart about one error of a client, a node, a wallet or the platform. */
export type Clue = {
  readonly name: string;
  /** Of JSON-RPC, EIP-1193, or the operating system. */
  readonly code: number | string | undefined;
  /** Of HTTP. */
  readonly status: number | undefined;
  /** All that it says, in lower case. */
  readonly text: string;
  readonly error: object;
};

/** The clues of an error and its causes, outermost first. */
export function cluesOf(error: unknown): Clue[] {
  const clues: Clue[] = [];
  for (const cause of causesOf(error)) {
    if (typeof cause !== 'object' || cause === null) continue;
    const { name, code, status, details, message } = cause as Record<string, unknown>;
    clues.push({
      name: String(name ?? ''),
      code: typeof code === 'number' || typeof code === 'string' ? code : undefined,
      status: typeof status === 'number' ? status : undefined,
      text: `${details ?? ''} ${message ?? ''}`.toLowerCase(),
      error: cause,
    });
  }
  return clues;
}
