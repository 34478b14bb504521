import { keccak256, stringToHex } from 'viem';

const WORD = 1n << 256n;

/** Slots that standards and libraries fix by themselves, for any contract. */
export const WELL_KNOWN_SLOTS: ReadonlyMap<bigint, string> = new Map<bigint, string>([
  // https://eips.ethereum.org/EIPS/eip-1967
  [minusOne('eip1967.proxy.implementation'), 'implementation'],
  [minusOne('eip1967.proxy.admin'), 'admin'],
  [minusOne('eip1967.proxy.beacon'), 'beacon'],
  [minusOne('eip1967.proxy.rollback'), 'rollback'],
  // https://eips.ethereum.org/EIPS/eip-1822, and before that
  [hash('PROXIABLE'), 'implementation'],
  [hash('org.zeppelinos.proxy.implementation'), 'implementation'],
  [hash('org.zeppelinos.proxy.admin'), 'admin'],
  // Safe
  [hash('guard_manager.guard.address'), 'guard'],
  [hash('fallback_manager.handler.address'), 'fallbackHandler'],
  [hash('module_manager.module_guard.address'), 'moduleGuard'],
  // solady: tokens, auth, accounts, utils
  [0x05345cdf77eb68f44cn, 'totalSupply'],
  [0xff466c9fn << 96n, 'totalCheckpoints'],
  [0xaa4ec00224afccfdb7n, 'defaultRoyalty'],
  [0x477f2812565c76a73fn, 'minDelay'],
  [0x929eee149b4bd21268n, 'reentrancyGuard'],
  [0x911c5a209f08d5ec5en, 'implementation'],
  [0x4343a0dc92ed22dbfcn, 'owner'],
  [not(0x8b78c6d8n), 'owner'],
  [not(0x409feecdn), 'initialized'],
  [not(0x46e6385an), 'state'],
  [not(0x471d6ea4n), 'rescueLocked'],
]);

function minusOne(id: string): bigint {
  return hash(id) - 1n;
}

function hash(text: string): bigint {
  return BigInt(keccak256(stringToHex(text)));
}

/** Solady counts some slots from the top. */
function not(value: bigint): bigint {
  return WORD - 1n - value;
}
