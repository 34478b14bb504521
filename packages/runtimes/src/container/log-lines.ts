const NEWLINE = 10;

/** Cuts what a container says into lines; beyond `mostBytes` in all, nothing is kept. */
export class LogLines {
  private readonly onLine: (line: Uint8Array) => void;
  private left: number;
  private line: Uint8Array[] = [];

  constructor(mostBytes: number, onLine: (line: Uint8Array) => void) {
    this.left = mostBytes;
    this.onLine = onLine;
  }

  write(bytes: Uint8Array): void {
    let rest = bytes.subarray(0, this.left);
    this.left -= rest.length;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      this.line.push(rest.subarray(0, end));
      this.say();
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.line.push(rest);
  }

  end(): void {
    if (this.line.length > 0) this.say();
  }

  private say(): void {
    this.onLine(new Uint8Array(Buffer.concat(this.line)));
    this.line = [];
  }
}
