// Written by `npm run generate` from contracts/src/market/CodeStore.sol. Do not edit.

export const codeStoreAbi = [
  {"type":"function","name":"store","inputs":[{"name":"chunk","type":"bytes","internalType":"bytes"}],"outputs":[{"name":"pointer","type":"address","internalType":"address"}],"stateMutability":"nonpayable"},
  {"type":"event","name":"Stored","inputs":[{"name":"hash","type":"bytes32","indexed":true,"internalType":"bytes32"},{"name":"pointer","type":"address","indexed":false,"internalType":"address"}],"anonymous":false},
] as const;

/** Creation code, before the arguments of the constructor. */
export const codeStoreBytecode =
  '0x608080604052346015576101df908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c63b374012b14610024575f80fd5b346101395760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101395760043567ffffffffffffffff8111610139573660238201121561013957806004013567ffffffffffffffff81116101395760248201916024823692010111610139576100a036828461013d565b8051928360401b6bfe61000180600a3d393df3000161fffe8511830152600b8401601583015ff092831561012c576020946100dd9352369161013d565b8281519101207f5c07bbc009a8b5cd591fb836e410b19010c5600d44b836b4d44ab5be178bba3d8373ffffffffffffffffffffffffffffffffffffffff604051941693848152a2604051908152f35b63301164255f526004601cfd5b5f80fd5b92919267ffffffffffffffff82116101b257604051917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f81601f8401160116830183811067ffffffffffffffff8211176101b257604052829481845281830111610139578281602093845f960137010152565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd';
