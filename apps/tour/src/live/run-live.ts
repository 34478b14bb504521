import type { Keeper } from '../keeper/keeper.ts';
import { openMachines } from '../machines/open-machines.ts';
import type { TourOptions } from '../options.ts';
import { type PreparedReplay, prepareReplay } from '../replay/prepare-replay.ts';
import { runReplay } from '../replay/run-replay.ts';
import type { Scene } from '../scene/scene.ts';
import { onStage } from '../stage.ts';
import { createClock } from './clock.ts';
import { openDisplay } from './display.ts';
import { firstModel, follow, followMachines } from './follow.ts';
import { openForOthers, requireNoOther, STATE_FOLDER } from './join-in.ts';
import type { Model } from './model.ts';
import { breakLine, plainLine } from './plain-line.ts';
import { thenStandStill } from './stand-still.ts';

/** Shows a replay as it goes, until it is over (`once`) or somebody ends it. @returns the exit code */
export async function runLive(options: TourOptions, signal: AbortSignal, stop: () => void): Promise<number> {
  const output = process.stdout;
  await requireNoOther(STATE_FOLDER);
  const prepared = await prepareReplay(options.replay);
  const began = performance.now();
  const says = (what: string) => output.write(`${seconds(began)}  ${what} …\n`);
  const last = await onStage({ prepared, port: options.port, says }, async (scene, keeper) => {
    const close = await openForOthers(scene, STATE_FOLDER);
    try {
      output.write(`${invitation(scene)}\n`);
      return await play({ options, prepared, scene, keeper, signal, stop });
    } finally {
      await close();
    }
  });
  output.write(`${breakLine(plainLine(last), output.columns ?? Number.POSITIVE_INFINITY)}\n`);
  if (last.violation === undefined) return 0;
  process.stderr.write(`${last.violation}\n`);
  return 1;
}

type Play = {
  options: TourOptions;
  prepared: PreparedReplay;
  scene: Scene;
  keeper: Keeper;
  signal: AbortSignal;
  stop: () => void;
};

async function play({ options, prepared, scene, keeper, signal, stop }: Play): Promise<Model> {
  const clock = createClock(options.speed);
  const path = options.once ? prepared.path : thenStandStill(prepared.path);
  let model = firstModel(scene, prepared, options, keeper.pid);
  const display = openDisplay(process.stdout, clock, stop);
  const price = () => model.prices.at(-1) ?? model.startPrice;
  const machines = options.machines ? openMachines(scene, price) : undefined;
  try {
    for await (const moment of runReplay(scene, path, keeper)) {
      model = follow(model, moment, scene);
      if (machines) model = followMachines(model, machines.panels(), machines.news());
      display.show(model);
      await clock.wait(signal);
      if (signal.aborted) break;
    }
  } catch (error) {
    // Ctrl-C reaches the children too: what they say on their way out is no failure.
    if (!signal.aborted) throw error;
  } finally {
    display.close();
    await machines?.close();
  }
  return model;
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1_000).toFixed(1).padStart(5)} s`;
}

function invitation({ chain }: Scene): string {
  return [
    '',
    `The chain answers at ${chain.url}. From another terminal in this folder:`,
    '',
    '  npm run -s millrace -- market list',
    '  npm run -s millrace -- market show mrUSDC-E',
    '  npm run -s millrace -- lend supply 1000 --as alice --market mrUSDC-E',
    '  npm run -s millrace -- liquidate list --market mrUSDC-E',
    '  npm run -s millrace -- offer list',
    '  npm run -s millrace -- job run <module> --input <file> --as alice',
    '',
  ].join('\n');
}
