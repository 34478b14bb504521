/** Whether two symbols mean the same token, in any case; `ETH` also means its wrapped form, `WETH`. */
export function sameToken(symbol: string, typed: string): boolean {
  const [known, wanted] = [symbol.toLowerCase(), typed.toLowerCase()];
  return known === wanted || known === `w${wanted}`;
}
