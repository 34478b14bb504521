/** A chain that mines when told to, by the rules and with the fees of the anvil that it is compared with. */
module.exports = {
  networks: {
    hardhat: {
      hardfork: 'prague',
      blockGasLimit: 1_000_000_000,
      initialBaseFeePerGas: 0,
      mining: { auto: false, interval: 0, mempool: { order: 'fifo' } },
    },
  },
};
