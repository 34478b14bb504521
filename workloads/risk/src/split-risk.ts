/** Some of a plan's paths, by number: path k is the same wherever it runs. */
export type RiskPiece = {
  readonly first: number;
  readonly count: number;
};

/**
 * Divides paths among machines, as evenly as whole numbers allow.
 *
 * @param pieces more than there are paths give fewer pieces, none of them empty
 */
export function splitRisk(paths: number, pieces: number): RiskPiece[] {
  const parts = Math.max(1, Math.min(Math.floor(pieces), paths));
  return Array.from({ length: parts }, (_, index) => {
    const first = Math.floor((paths / parts) * index);
    const end = index + 1 === parts ? paths : Math.floor((paths / parts) * (index + 1));
    return { first, count: end - first };
  });
}
