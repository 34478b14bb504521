import type { Hex } from 'viem';
import { isJson, type Json, wholeAt } from '../layout/json.ts';
import type { CodePattern, Layout } from '../layout/layout.ts';

const PLACEHOLDER = /__.{38}/g;
/** A library begins with its own address, to tell a call from a delegatecall. */
const LIBRARY = /^73(0{40})30/;
const ADDRESS_BYTES = 20;
const OWN_ADDRESS = { start: 1, length: ADDRESS_BYTES };

/** Deployed code with its holes: immutables, libraries that are linked later, a library's own address. */
export function readPattern(deployedBytecode: Json): CodePattern | undefined {
  const { object } = deployedBytecode;
  if (typeof object !== 'string') return undefined;
  const digits = object.replace(/^0x/, '');
  if (digits === '') return undefined;
  const references = isJson(deployedBytecode.immutableReferences) ? deployedBytecode.immutableReferences : {};
  const immutables = Object.values(references).flatMap((places) =>
    (Array.isArray(places) ? places : []).map((place) => ({
      start: Number(wholeAt(place, 'start', 'immutableReferences')),
      length: Number(wholeAt(place, 'length', 'immutableReferences')),
    })),
  );
  const libraries = [...digits.matchAll(PLACEHOLDER)].map(({ index }) => ({
    start: index / 2,
    length: ADDRESS_BYTES,
  }));
  const own = LIBRARY.test(digits) ? [OWN_ADDRESS] : [];
  const code: Hex = `0x${digits.replace(PLACEHOLDER, '0'.repeat(2 * ADDRESS_BYTES)).toLowerCase()}`;
  return { code, holes: [...immutables, ...libraries, ...own] };
}

/** Whether the code is for others to run on their own storage. */
export function isLibrary({ pattern }: Layout): boolean {
  return pattern?.holes.includes(OWN_ADDRESS) ?? false;
}
