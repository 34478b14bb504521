/** An instruction behind a prefix byte is known as prefix × PREFIX + its own number. */
export const PREFIX = 0x1_0000;

/** Behind 0xfc: saturating truncations, whole memories and tables. */
export const BULK = 0xfc * PREFIX;

/** Behind 0xfd: vectors. */
export const VECTORS = 0xfd * PREFIX;
