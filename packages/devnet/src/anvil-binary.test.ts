import { accessSync, constants } from 'node:fs';
import { MillraceError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { findAnvilBinary } from './anvil-binary.ts';

describe('findAnvilBinary', () => {
  it('finds an executable', () => {
    expect(() => accessSync(findAnvilBinary(), constants.X_OK)).not.toThrow();
  });

  it('names the platform it has no binary for', () => {
    expect(() => findAnvilBinary('plan9', 'mips')).toThrow(MillraceError);
    expect(() => findAnvilBinary('plan9', 'mips')).toThrow(/plan9-mips/);
  });
});
