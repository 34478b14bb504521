import { NetworkError } from '@millrace/protocol';
import { type IsSigned, isSignedByKey } from '@millrace/protocol/compute';
import { parseAbi } from 'viem';
import { getCode, readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

const ERC1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);
const AGREES = '0x1626ba7e';

/**
 * Checks signatures as the contracts do: by the key of the signer, else by asking the contract at its address (ERC-1271).
 * What a contract agrees to now it may deny later.
 *
 * @throws {@link MillraceError} when the chain cannot be asked; never for a bad signature.
 *
 * @example
 * ```ts
 * const book = createPayeeVoucherBook({ ...terms, isSigned: isSignedOnChain(client) })
 * ```
 */
export function isSignedOnChain(client: SdkClient): IsSigned {
  return async (signer, digest, signature) => {
    if (await isSignedByKey(signer, digest, signature)) return true;
    const code = await decoding(() => getCode(client, { address: signer }));
    if (code === undefined || code === '0x') return false;
    const asked = { address: signer, abi: ERC1271, functionName: 'isValidSignature' } as const;
    try {
      return (await decoding(() => readContract(client, { ...asked, args: [digest, signature] }))) === AGREES;
    } catch (error) {
      if (error instanceof NetworkError) throw error;
      return false;
    }
  };
}
