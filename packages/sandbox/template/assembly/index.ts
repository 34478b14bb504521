import { input, log, outputText, progress } from "./millrace";

/** A job: counts how often each byte occurs in its input. */
export function run(): void {
  const bytes = input();
  const counts = new StaticArray<i32>(256);
  for (let at = 0; at < bytes.length; at++) {
    counts[bytes[at]]++;
    if (at % 65536 == 0) progress(at, bytes.length);
  }
  log(`counted ${bytes.length} bytes`);
  for (let byte = 0; byte < 256; byte++) {
    if (counts[byte] > 0) outputText(`${byte} ${counts[byte]}\n`);
  }
}
