import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { devnetAccount } from '@millrace/devnet';
import { type Address, isAddressEqual } from 'viem';
import { shortAddress } from '../live/figures.ts';
import type { Scene } from '../scene/scene.ts';
import { TourError } from '../tour-error.ts';
import { askMachine, type MachineFigures } from './ask-machine.ts';
import { tellPayments } from './guest-payments.ts';
import { MACHINES, type MachineKind } from './kinds.ts';
import type { MachineNews, MachinePanel } from './machine-panel.ts';
import { measureHardware } from './measure.ts';
import { rentMachines } from './rent-machines.ts';
import { type Machine, startMachine } from './start-machine.ts';

/** The machines of the scene and who rents them, beside the replay: nothing of theirs ends it. */
export type Machines = {
  /** How they are, in the order in which they start. */
  panels(): readonly MachinePanel[];
  /** What has happened since this was asked last. */
  news(): MachineNews[];
  /** Ends them all. */
  close(): Promise<void>;
};

const LOOK_MILLISECONDS = 1_500;

/** A machine and what is known about it. */
type Member = {
  readonly kind: MachineKind;
  readonly address: Address;
  panel: MachinePanel;
  payers: MachineFigures['payers'];
  machine?: Machine;
};

/**
 * Begins to start the machines, one after the other, and returns at once. They register, so the chain has to go on.
 *
 * @param price of ether in dollars now, 8 decimals
 */
export function openMachines(scene: Scene, price: () => bigint): Machines {
  const stopping = new AbortController();
  const members = MACHINES.map(memberOf);
  let news: MachineNews[] = [];
  const tell = (item: MachineNews) => void news.push(item);
  const fail = (member: Member, error: unknown) => {
    if (stopping.signal.aborted || member.panel.state === 'ended') return;
    const known = error instanceof TourError;
    const text = known ? `${error.shortMessage} [${error.code}]` : String(error);
    set(member, { state: 'ended', work: '' });
    tell({ tone: 'bad', text });
  };
  const crew = { scene, members, tell, fail, signal: stopping.signal };
  const folder = mkdtemp(join(tmpdir(), 'millrace-machines-'));
  const starting = start(crew, folder);
  const renting = rent(crew, price);
  const looking = look(crew, folder);
  return {
    panels: () => members.map(({ panel }) => panel),
    news: () => {
      const told = news;
      news = [];
      return told;
    },
    close: async () => {
      stopping.abort();
      await renting;
      await starting;
      await Promise.all(members.map(({ machine }) => machine?.stop()));
      await looking;
      await rm(await folder, { recursive: true, force: true });
    },
  };
}

type Crew = {
  readonly scene: Scene;
  readonly members: readonly Member[];
  readonly tell: (news: MachineNews) => void;
  readonly fail: (member: Member, error: unknown) => void;
  readonly signal: AbortSignal;
};

function memberOf(kind: MachineKind): Member {
  const { name, region, energy, slots, account } = kind;
  const panel = { name, region, energy, slots, state: 'starting', jobs: 0, earned: 0n, work: '' } as const;
  return { kind, address: devnetAccount(account).address, panel, payers: new Map() };
}

function set(member: Member, changes: Partial<MachinePanel>): void {
  member.panel = { ...member.panel, ...changes };
}

/** One after the other: each takes a core for some seconds, which the replay wants too. */
async function start({ scene, members, tell, fail, signal }: Crew, folder: Promise<string>): Promise<void> {
  const bootstrap: string[] = [];
  try {
    const hardware = await measureHardware(signal);
    for (const member of members) {
      if (signal.aborted) return;
      const { kind } = member;
      const setting = { kind, hardware, folder: join(await folder, kind.name), bootstrap: [...bootstrap] };
      try {
        const machine = await startMachine(scene, setting, signal);
        member.machine = machine;
        bootstrap.push(...machine.addresses);
        void machine.failed.then((error) => fail(member, error));
        void machine.registered.then(() => {
          if (member.panel.state !== 'starting') return;
          set(member, { state: 'open' });
          tell({ tone: 'good', text: `${kind.name} offers its work: ${kind.region}, ${kind.energy}` });
        });
      } catch (error) {
        fail(member, error);
      }
    }
  } catch (error) {
    for (const member of members) fail(member, error);
  }
}

async function rent({ scene, members, tell, signal }: Crew, price: () => bigint): Promise<void> {
  const of = (node: Address) => members.find(({ address }) => isAddressEqual(address, node));
  try {
    await rentMachines({
      scene,
      signal,
      price,
      tell,
      regions: () =>
        members.filter(({ panel }) => panel.state === 'open').map(({ panel: { region } }) => region),
      nameOf: (node) => of(node)?.kind.name ?? shortAddress(node),
      onWork: (node, work) => {
        const member = of(node);
        if (member !== undefined) set(member, { work });
      },
    });
  } catch (error) {
    if (!signal.aborted) tell({ tone: 'bad', text: `nobody rents any more: ${String(error)}` });
  }
}

/** Asks every machine how it is doing, now and then. */
async function look({ members, tell, signal }: Crew, folder: Promise<string>): Promise<void> {
  const round = async (member: Member) => {
    if (member.machine === undefined || member.panel.state === 'ended') return;
    const figures = await askMachine(member.machine.endpoint, join(await folder, member.kind.name));
    if (figures === undefined) return;
    const { jobs, earned, payers } = figures;
    set(member, { jobs, earned });
    for (const item of tellPayments(member.kind.name, member.payers, payers)) tell(item);
    member.payers = payers;
  };
  while (!signal.aborted) {
    await Promise.all(members.map(round));
    await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
}
