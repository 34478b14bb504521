import { type Hex, keccak256, toHex } from 'viem';

const ACCEPTED = keccak256(toHex('ERC3156FlashBorrower.onFlashLoan')).slice(2);

/**
 * Runtime code of a flash borrower that sends the bytes it was given back to its caller as a call, passes a revert on,
 * and accepts the loan. Written by hand, since it must act as the position's owner in the middle of a loan.
 *
 * The bytes lie at 0xc4 of `onFlashLoan(address,address,uint256,uint256,bytes)`, their length at 0xa4.
 */
export const FLASH_RECEIVER_CODE: Hex = `0x${[
  '60a435', //             length
  '8015601f57', //         none: accept
  '8060c45f37', //         memory[0] = bytes
  '5f5f825f5f335af1', //   call(gas, caller, 0, 0, length, 0, 0)
  '601f57', //             it worked: accept
  '3d5f5f3e3d5ffd', //     revert with what it said
  '5b', //                 accept
  `7f${ACCEPTED}`,
  '5f5260205ff3',
].join('')}`;
