import { namespaceRoot } from '../known/namespace-root.ts';
import { isJson, type Json, listAt } from './json.ts';
import type { Namespace, StorageType, Variable } from './layout.ts';
import { parseSolidityType, placeFields } from './solidity-type.ts';

const LOCATION = /@custom:storage-location\s+erc7201:(\S+)/;

/** The structs that syntax trees of solc place by ERC-7201 (`@custom:storage-location erc7201:…`). */
export function readNamespaces(trees: readonly unknown[]): Namespace[] {
  const nodes = trees.flatMap(definitions);
  const structs = new Map(
    nodes.filter(isKind('StructDefinition')).map((node) => [canonicalName(node), node]),
  );
  const aliases = new Map(
    nodes.filter(isKind('UserDefinedValueTypeDefinition')).map((node) => [canonicalName(node), node]),
  );
  const known = new Map<string, StorageType | undefined>();

  const lookup = (name: string): StorageType | undefined => {
    if (known.has(name)) return known.get(name);
    const alias = aliases.get(name);
    if (alias) return parseSolidityType(typeString(alias.underlyingType), () => undefined);
    const node = structs.get(name);
    if (!node) return undefined;
    const struct = { kind: 'struct' as const, label: `struct ${name}`, slots: 0n, members: [] as Variable[] };
    known.set(name, struct);
    const fields = listAt(node, 'members').map((member) => ({
      label: isJson(member) ? String(member.name) : '',
      type: parseSolidityType(typeString(member), lookup),
    }));
    const complete = fields.flatMap(({ label, type }) => (type ? [{ label, type }] : []));
    if (complete.length < fields.length) {
      known.set(name, undefined);
      return undefined;
    }
    return Object.assign(struct, placeFields(complete));
  };

  return [...structs].flatMap(([name, node]) => {
    const id = LOCATION.exec(documentation(node))?.[1];
    const type = id === undefined ? undefined : lookup(name);
    return id === undefined ? [] : [{ id, root: namespaceRoot(id), type: type ?? { kind: 'unknown' } }];
  });
}

function definitions(tree: unknown): Json[] {
  return listAt(tree, 'nodes').flatMap((node) => {
    if (!isJson(node)) return [];
    return node.nodeType === 'ContractDefinition' ? definitions(node) : [node];
  });
}

function isKind(nodeType: string) {
  return (node: Json) => node.nodeType === nodeType;
}

function canonicalName(node: Json): string {
  return String(node.canonicalName ?? node.name);
}

function documentation(node: Json): string {
  const text = isJson(node.documentation) ? node.documentation.text : node.documentation;
  return typeof text === 'string' ? text : '';
}

function typeString(node: unknown): string {
  const descriptions = isJson(node) ? node.typeDescriptions : undefined;
  return isJson(descriptions) && typeof descriptions.typeString === 'string' ? descriptions.typeString : '';
}
