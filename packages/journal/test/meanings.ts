/** Two kinds of state: one that keeps every record, one that forgets all but sums. */
export type Note = { id: number; text: string };

export const list = {
  empty: (): Note[] => [],
  apply: (state: Note[], note: Note) => {
    state.push(note);
  },
  toRecords: (state: Note[]) => state,
};

type Sum = { name: string; add: number };

export const sums = {
  empty: () => new Map<string, number>(),
  apply: (state: Map<string, number>, { name, add }: Sum) => {
    state.set(name, (state.get(name) ?? 0) + add);
  },
  toRecords: (state: Map<string, number>) => [...state].map(([name, add]) => ({ name, add })),
};
