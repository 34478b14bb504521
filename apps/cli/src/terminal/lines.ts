import { createInterface, type Interface } from 'node:readline';

/** Standard input line by line. Opened when the first line is wanted, so that a command without input ends by itself. */
export function openLines(input: NodeJS.ReadableStream): {
  next: () => Promise<string | undefined>;
  close: () => void;
} {
  let reader: Interface | undefined;
  let iterator: AsyncIterator<string> | undefined;
  return {
    next: async () => {
      reader ??= createInterface({ input });
      iterator ??= reader[Symbol.asyncIterator]();
      const { value, done } = await iterator.next();
      return done ? undefined : value;
    },
    close: () => reader?.close(),
  };
}
