import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours only where somebody looks: on a terminal, unless NO_COLOR says otherwise. FORCE_COLOR overrules. */
export function colorsFor(
  stream: { isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Colors {
  if (env.NO_COLOR) return picocolors.createColors(false);
  if (env.FORCE_COLOR) return picocolors.createColors(env.FORCE_COLOR !== '0');
  return picocolors.createColors(stream.isTTY === true && env.TERM !== 'dumb');
}
