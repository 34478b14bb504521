/** What anvil calls itself. */
export const ANVIL_CHAIN_ID = 31_337;
