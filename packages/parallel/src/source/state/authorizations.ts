import { type Address, type Hex, zeroAddress } from 'viem';
import { recoverAuthorizationAddress } from 'viem/utils';
import { asAddress, asFields, asHash, asList, asNumber, asQuantity, type Fields } from '../answer/fields.ts';

/** An account that lets the code of another run in its name (EIP-7702), if its nonce is still this one. */
export type Authorization = { authority: Address; nonce: bigint; code: Hex };

/** The authorizations of a transaction in order. Those whose signature is no good count for nothing. */
export async function readAuthorizations({ authorizationList, chainId }: Fields): Promise<Authorization[]> {
  if (authorizationList === undefined || authorizationList === null) return [];
  const list = asList(authorizationList, 'the authorizations').map((item) =>
    asFields(item, 'an authorization'),
  );
  const read = await Promise.all(list.map((fields) => readOne(fields, asNumber(chainId, 'the chain'))));
  return read.filter((authorization) => authorization !== undefined);
}

async function readOne(fields: Fields, chain: number): Promise<Authorization | undefined> {
  const chainId = asNumber(fields.chainId, 'the chain of an authorization');
  if (chainId !== 0 && chainId !== chain) return undefined;
  const address = asAddress(fields.address, 'the target of an authorization');
  const nonce = asQuantity(fields.nonce, 'the nonce of an authorization');
  const authorization = {
    address,
    chainId,
    nonce: Number(nonce),
    r: asHash(pad(fields.r), 'a signature'),
    s: asHash(pad(fields.s), 'a signature'),
    yParity: asNumber(fields.yParity ?? fields.v, 'a signature'),
  };
  const authority = await recoverAuthorizationAddress({ authorization }).catch(() => undefined);
  if (!authority) return undefined;
  const code: Hex = address === zeroAddress ? '0x' : `0xef0100${address.slice(2)}`;
  return { authority: authority.toLowerCase() as Address, nonce, code };
}

/** Signatures are numbers to some servers, without the zeros in front. */
function pad(value: unknown): unknown {
  return typeof value === 'string' ? `0x${value.slice(2).padStart(64, '0')}` : value;
}
