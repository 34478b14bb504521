import type { DeployedToken } from '@millrace/devnet';
import { formatTokens, greatest, mulDivUp, WAD } from '@millrace/protocol';
import type { Ask } from '@millrace/protocol/wire';
import type { Dismissal, Offer, RankedOffer } from '@millrace/sdk/rent';
import { type Column, renderTable } from '../terminal/table.ts';

const HOUR = 3_600n;
const GIGA = 1e9;

/** What an hour of one slot comes to at most: with the faster kind of code, at the speed that is claimed. Base units, rounded up. */
export function hourlyPrice({ price, hardware }: Pick<Ask, 'price' | 'hardware'>): bigint {
  const fuel = greatest(hardware.fuelPerSecond.integer, hardware.fuelPerSecond.float) * HOUR;
  return mulDivUp(fuel, price.perFuelWad, WAD) + mulDivUp(HOUR, price.perSecondWad, WAD);
}

/** An offer for programs. */
export function offerData({ ask, roundTripMilliseconds }: Offer) {
  return { ...ask, hourlyPrice: hourlyPrice(ask), roundTripMilliseconds: roundTripMilliseconds ?? null };
}

const COLUMNS: readonly Column[] = [
  { title: 'node' },
  { title: 'region' },
  { title: 'energy' },
  { title: 'cores', align: 'right' },
  { title: 'memory', align: 'right' },
  { title: 'speed', align: 'right' },
  { title: 'runs' },
  { title: 'an hour', align: 'right' },
  { title: 'busy', align: 'right' },
  { title: 'round trip', align: 'right' },
  { title: 'at' },
];

/** Offers for people. */
export function renderOffers(offers: readonly Offer[], token: DeployedToken): string {
  return renderTable(
    COLUMNS,
    offers.map((offer) => row(offer, token)),
  );
}

function row({ ask, roundTripMilliseconds }: Offer, token: DeployedToken): string[] {
  const { hardware, queue } = ask;
  return [
    shortNode(ask.node),
    ask.region || '—',
    ask.energy || '—',
    String(hardware.cores),
    `${(hardware.memoryMegabytes / 1024).toFixed(1)} GB`,
    `${(Number(hardware.fuelPerSecond.integer) / GIGA).toFixed(2)} G/s`,
    ask.runtimes.map(({ runtime }) => runtime).join(' '),
    formatTokens(hourlyPrice(ask), token.decimals, 'debt', token.symbol),
    `${queue.running + queue.waiting} of ${queue.slots}`,
    roundTripMilliseconds === undefined ? '—' : `${Math.ceil(roundTripMilliseconds)} ms`,
    ask.endpoint,
  ];
}

/** Who would take a job, best first, and why the others would not. */
export function renderRanking(
  ranked: readonly RankedOffer[],
  dismissed: readonly Dismissal[],
  token: DeployedToken,
): string {
  const columns: readonly Column[] = [
    { title: '', align: 'right' },
    { title: 'node' },
    { title: 'costs at most', align: 'right' },
    { title: 'starts in', align: 'right' },
    { title: 'done in at most', align: 'right' },
    { title: 'trust', align: 'right' },
    { title: 'at' },
  ];
  const rows = ranked.map(({ offer, mostDue, startSeconds, completionSeconds, trust }, place) => [
    String(place + 1),
    shortNode(offer.ask.node),
    formatTokens(mostDue, token.decimals, 'debt', token.symbol),
    seconds(startSeconds),
    seconds(completionSeconds),
    `${Math.floor(trust * 100)} %`,
    offer.ask.endpoint,
  ]);
  const no = dismissed.map(
    ({ offer, sentence, code }) => `✗ ${shortNode(offer.ask.node)}  ${sentence} [${code}]`,
  );
  const table = rows.length > 0 ? [renderTable(columns, rows)] : [];
  return [...table, ...no].join('\n');
}

/** A ranked offer for programs. */
export function rankedData({ offer, mostDue, startSeconds, completionSeconds, trust, score }: RankedOffer) {
  return { ...offerData(offer), mostDue, startSeconds, completionSeconds, trust, score };
}

/** A dismissed offer for programs. */
export function dismissalData({ offer, code, sentence }: Dismissal) {
  return { node: offer.ask.node, endpoint: offer.ask.endpoint, code, sentence };
}

/** The beginning and the end of an address. */
export function shortNode(address: string): string {
  return `${address.slice(0, 8)}…${address.slice(-4)}`;
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.ceil(value)} s`;
}
