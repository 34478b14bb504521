import type { SigningDomain } from '@millrace/protocol/compute';

/** Where the asks of one deployment are told. */
export function askTopic({ chainId, verifyingContract }: SigningDomain): string {
  return `millrace/asks/1/${chainId}/${verifyingContract.toLowerCase()}`;
}
