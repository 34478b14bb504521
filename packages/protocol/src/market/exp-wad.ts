const LN_2 = 54916777467707473351141471128n;
const LOWEST = -41446531673892822313n;
/** From here on the result does not fit a signed word. */
const HIGHEST = 135305999368893231589n;

/**
 * `exp(x)` with wads, bit for bit as solady's `FixedPointMathLib.expWad`, whose arithmetic on 256-bit words never
 * wraps in this domain (a (6, 7)-term rational approximation by Remco Bloemen, MIT).
 *
 * @throws `RangeError` from 135.3e18 on, where the contract reverts with `ExpOverflow`.
 */
export function expWad(wad: bigint): bigint {
  if (wad <= LOWEST) return 0n;
  if (wad >= HIGHEST) throw new RangeError('The exponential does not fit 256 bits.');
  // To base 2^96; then x = x' + k·ln 2 with x' within ±½ ln 2.
  const scaled = (wad << 78n) / 5n ** 18n;
  const k = ((scaled << 96n) / LN_2 + 2n ** 95n) >> 96n;
  const x = scaled - k * LN_2;
  const ratio = numerator(x) / denominator(x);
  return (ratio * 3822833074963236453042738258902158003155416615667n) >> (195n - k);
}

function numerator(x: bigint): bigint {
  let y = x + 1346386616545796478920950773328n;
  y = ((y * x) >> 96n) + 57155421227552351082224309758442n;
  let p = y + x - 94201549194550492254356042504812n;
  p = ((p * y) >> 96n) + 28719021644029726153956944680412240n;
  return p * x + (4385272521454847904659076985693276n << 96n);
}

function denominator(x: bigint): bigint {
  let q = x - 2855989394907223263936484059900n;
  q = ((q * x) >> 96n) + 50020603652535783019961831881945n;
  q = ((q * x) >> 96n) - 533845033583426703283633433725380n;
  q = ((q * x) >> 96n) + 3604857256930695427073651918091429n;
  q = ((q * x) >> 96n) - 14423608567350463180887372962807573n;
  return ((q * x) >> 96n) + 26449188498355588339934803723976023n;
}
