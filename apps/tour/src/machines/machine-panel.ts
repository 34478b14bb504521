/** A machine as it is shown. */
export type MachinePanel = {
  readonly name: string;
  readonly region: string;
  readonly energy: string;
  readonly slots: number;
  readonly state: 'starting' | 'open' | 'ended';
  /** Jobs that it has done. */
  readonly jobs: number;
  /** What payers have signed for its work, base units of the dollar. */
  readonly earned: bigint;
  /** What it works on, or did last. */
  readonly work: string;
};

/** Something that machines did, or that happened to them. */
export type MachineNews = { readonly tone: 'good' | 'bad' | 'plain' | 'accent'; readonly text: string };
