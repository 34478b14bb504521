import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { artifactOf } from './artifact.ts';
import { compileStorage } from './compile.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-compile-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compilation = { title: 'a test', solc: 'solc', folder, entries: ['Child.sol'], settings: {} };
const HEADER = '// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n';

describe('compiling, when it has been done before', () => {
  write('Child.sol', `import { Parent } from "Parent.sol"; contract Child is Parent { uint256 own; }`);

  it('takes the result from the cache until a source that is imported changes', () => {
    write('Parent.sol', 'contract Parent { uint256 one; }');
    expect(variables()).toEqual(['one', 'own']);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(variables()).toEqual(['one', 'own']);
    expect(said).not.toHaveBeenCalled();
    write('Parent.sol', 'contract Parent { uint256 one; uint256 two; }');
    expect(variables()).toEqual(['one', 'two', 'own']);
    expect(said).toHaveBeenCalled();
  });

  it('says what the compiler says of a broken source', () => {
    write('Parent.sol', 'contract Parent { nothing one; }');
    expect(variables).toThrow('Identifier not found');
  });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), `${HEADER}${text}\n`);
}

function variables(): string[] {
  const { contract } = artifactOf(compileStorage(compilation), 'Child.sol');
  return (contract.storageLayout as { storage: { label: string }[] }).storage.map(({ label }) => label);
}
