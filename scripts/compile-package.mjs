// TypeScript sources of one package → its `dist`, with the one tsconfig.json of the repository.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './ensure-dependencies.mjs';

/** @param {string} folder of the package @returns {boolean} whether it compiled */
export function compilePackage(folder) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const source = join(folder, 'src');
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
    {
      compilerOptions: config.compilerOptions,
      include: [source],
      // AssemblyScript is another language in files of the same name.
      exclude: ['**/*.test.ts', '**/*.test.tsx', '**/assembly/**'],
    },
    ts.sys,
    root,
  );
  const program = ts.createProgram(fileNames, {
    ...options,
    // Other packages are seen as their users see them: built.
    customConditions: [],
    noEmit: false,
    declaration: true,
    sourceMap: true,
    rootDir: source,
    outDir: join(folder, 'dist'),
  });
  const { diagnostics } = program.emit();
  const problems = [...errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics];
  const host = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  if (problems.length > 0) process.stderr.write(ts.formatDiagnostics(problems, host));
  return problems.length === 0;
}
