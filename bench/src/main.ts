// npm run bench -- gas [--json] [--update]
import { measureGas } from './gas/measure-gas.ts';
import { renderGas } from './gas/render-gas.ts';
import { writeResult } from './results.ts';

const BENCHES = { gas: benchGas };

const [name = '', ...flags] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name)) {
  process.stderr.write(
    `Say what to measure: npm run bench -- ${Object.keys(BENCHES).join('|')} [--json] [--update]\n`,
  );
  process.exit(2);
}
const { json, table } = await BENCHES[name as keyof typeof BENCHES]();
process.stdout.write(flags.includes('--json') ? `${JSON.stringify(json)}\n` : `${table}\n`);

async function benchGas() {
  const report = await measureGas();
  const table = renderGas(report);
  if (flags.includes('--update')) writeResult('gas', report, table);
  return { json: { millrace: report.millrace }, table };
}
