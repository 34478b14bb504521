import { type Colors, colorsFor } from './colors.ts';
import { renderJson } from './json.ts';

type Writable = NodeJS.WritableStream & { isTTY?: boolean };

export type Streams = {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
};

/** Where results, notes and errors go. Results alone are on stdout, so that pipes get nothing else. */
export class Terminal {
  readonly colors: Colors;
  readonly noteColors: Colors;
  readonly json: boolean;
  /** Whether somebody is there to answer a question. */
  readonly interactive: boolean;
  readonly #streams: Streams;

  constructor(streams: Streams, env: Readonly<Record<string, string | undefined>>, json: boolean) {
    this.#streams = streams;
    this.json = json;
    this.colors = colorsFor(streams.stdout, env);
    this.noteColors = colorsFor(streams.stderr, env);
    this.interactive = streams.stdin.isTTY === true && streams.stderr.isTTY === true;
  }

  /** The result of a command: text for people, or one JSON document. */
  print(outcome: { data: unknown; text: string }): void {
    const text = this.json ? renderJson(outcome.data) : outcome.text;
    if (text !== '') this.#streams.stdout.write(`${text}\n`);
  }

  /** One of many results of a command that goes on: a line of text, or one JSON document on one line. */
  printLine(outcome: { data: unknown; text: string }): void {
    this.#streams.stdout.write(`${this.json ? renderJson(outcome.data, 0) : outcome.text}\n`);
  }

  /** What people should know on the way. Not shown to programs. */
  note(text: string): void {
    if (!this.json) this.#streams.stderr.write(`${text}\n`);
  }

  /** An error, on stderr in both forms. */
  error(text: string): void {
    this.#streams.stderr.write(`${text}\n`);
  }
}
