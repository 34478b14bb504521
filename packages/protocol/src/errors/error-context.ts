/** What is known of a token. */
export type TokenFacts = {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
};

/** What is known where an error arose, so that its words can name tokens and amounts. All of it is optional. */
export type ErrorContext = {
  /** The loan asset of the market. */
  readonly asset?: TokenFacts | undefined;
  /** The collaterals of the market, in its order. */
  readonly collaterals?: readonly TokenFacts[] | undefined;
};
