import { formatTokens } from '@millrace/protocol';
import type { MachinePanel } from '../machines/machine-panel.ts';
import type { Model } from './model.ts';
import { type Paint, padTo } from './paint.ts';
import { heading } from './panels.ts';

const USD_DECIMALS = 6;
const DOTS = { starting: 'dim', open: 'good', ended: 'bad' } as const;
/** From so many rows on each machine has a line of its own. */
const ROOMY = 36;

/** The machines of the scene: a line each under a heading where there is room, else all on one. */
export function machineLines({ machines }: Model, width: number, rows: number, paint: Paint): string[] {
  if (machines.length === 0 || rows < 16) return [];
  if (rows < ROOMY) return [inShort(machines, paint)];
  return [heading('Machines', width, paint), ...machines.map((each) => machineLine(each, paint))];
}

function machineLine(machine: MachinePanel, paint: Paint): string {
  const { name, region, energy, slots, state, jobs, earned, work } = machine;
  const kind = `${region} · ${energy} · ${slots} ${slots === 1 ? 'slot' : 'slots'}`;
  const left = `${dot(machine, paint)} ${paint.bold(padTo(name, 12))}${paint.dim(padTo(kind, 22))}`;
  if (state === 'starting') return `${left}${paint.dim('starting …')}`;
  const facts = `${padTo(`${jobs} ${jobs === 1 ? 'job' : 'jobs'}`, 10)}earned ${padTo(money(earned), 15)}`;
  return `${left}${facts}${state === 'ended' ? paint.bad('has ended') : paint.dim(work)}`;
}

function inShort(machines: readonly MachinePanel[], paint: Paint): string {
  const each = machines.map((machine) => `${dot(machine, paint)} ${machine.name}`).join(' ');
  const jobs = machines.reduce((sum, machine) => sum + machine.jobs, 0);
  return `${each}  ${jobs} jobs, earned ${money(earnedBy(machines))}`;
}

function dot({ state }: MachinePanel, paint: Paint): string {
  return paint[DOTS[state]](state === 'starting' ? '○' : '●');
}

function money(amount: bigint): string {
  return formatTokens(amount, USD_DECIMALS, 'asset', 'USDC');
}

/** The machines in a few words, for a plain line; those that have ended by name. */
export function machinesInWords(machines: readonly MachinePanel[]): string[] {
  if (machines.length === 0) return [];
  const count = (state: MachinePanel['state']) => machines.filter((each) => each.state === state).length;
  const ended = machines.filter(({ state }) => state === 'ended').map(({ name }) => `${name} has ended`);
  const open = `${count('open')} of ${machines.length} machines earned ${money(earnedBy(machines))}`;
  return [[open, ...ended].join(', ')];
}

function earnedBy(machines: readonly MachinePanel[]): bigint {
  return machines.reduce((sum, { earned }) => sum + earned, 0n);
}
