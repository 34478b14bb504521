/** A machine of the scene. All of them are processes of this computer; what they say of themselves makes them different. */
export type MachineKind = {
  readonly name: string;
  /** Of the mnemonic of the devnet: who earns. */
  readonly account: number;
  readonly region: string;
  readonly energy: string;
  readonly slots: number;
  readonly runtimes: readonly ('wasm' | 'onnx')[];
  /** Megabytes that a job may have. */
  readonly memoryMegabytes: number;
  /** What a slot earns in an hour of work, and for each job; base units of the dollar. */
  readonly hourly: bigint;
  readonly perJob: bigint;
};

/** Three kinds: who has time and wind, who has models, and who has room and asks for it. */
export const MACHINES: readonly MachineKind[] = [
  {
    name: 'laptop',
    account: 11,
    region: 'FI',
    energy: 'wind',
    slots: 1,
    runtimes: ['wasm'],
    memoryMegabytes: 512,
    hourly: 600_000n,
    perJob: 20n,
  },
  {
    name: 'workstation',
    account: 12,
    region: 'DE',
    energy: 'grid',
    slots: 1,
    runtimes: ['wasm', 'onnx'],
    memoryMegabytes: 1_024,
    hourly: 900_000n,
    perJob: 40n,
  },
  {
    name: 'server',
    account: 13,
    region: 'US',
    energy: 'hydro',
    slots: 2,
    runtimes: ['wasm'],
    memoryMegabytes: 2_048,
    hourly: 1_500_000n,
    perJob: 60n,
  },
];
