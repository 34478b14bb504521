/** The crashes that can be replayed, by the month they happened in. */
export const REPLAYS = ['2020-03', '2021-05', '2022-06'] as const;

/** One of {@link REPLAYS}. */
export type ReplayName = (typeof REPLAYS)[number];
