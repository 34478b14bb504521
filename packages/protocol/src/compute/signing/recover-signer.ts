import { type Address, type Hex, hexToNumber, isAddressEqual, recoverAddress, size, slice } from 'viem';

/**
 * Whose key made a signature. Stricter than the contracts: 65 bytes that end in 27 or 28. What passes here passes there.
 *
 * @returns `undefined` for bytes that are no signature. Never throws.
 */
export async function recoverSigner(digest: Hex, signature: Hex): Promise<Address | undefined> {
  try {
    if (size(signature) !== 65 || ![27, 28].includes(hexToNumber(slice(signature, 64)))) return undefined;
    return await recoverAddress({ hash: digest, signature });
  } catch {
    return undefined;
  }
}

/** Whether the key of `signer` made a signature. For accounts with a key; contracts are asked on chain. */
export async function isSignedByKey(signer: Address, digest: Hex, signature: Hex): Promise<boolean> {
  const recovered = await recoverSigner(digest, signature);
  return recovered !== undefined && isAddressEqual(recovered, signer);
}
