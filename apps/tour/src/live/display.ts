import type { Clock } from './clock.ts';
import { renderFrame } from './frame.ts';
import { listenToKeys } from './keys.ts';
import type { Model } from './model.ts';
import { createPaint } from './paint.ts';
import { plainLine } from './plain-line.ts';
import { openScreen } from './screen.ts';

/** Where a replay is shown. */
export type Display = { show: (model: Model) => void; close: () => void };

/** Without a terminal, one line for every so many blocks. */
const BLOCKS_PER_LINE = 24;

/** A live view on a terminal, plain lines everywhere else. @param stop is called when somebody wants to end it */
export function openDisplay(output: NodeJS.WriteStream, clock: Clock, stop: () => void): Display {
  return output.isTTY ? openView(output, clock, stop) : openLines(output);
}

function openView(output: NodeJS.WriteStream, clock: Clock, stop: () => void): Display {
  const paint = createPaint(output.hasColors?.(256) === true && process.env.NO_COLOR === undefined);
  let latest: Model | undefined;
  const draw = () => {
    if (latest === undefined) return;
    const model = { ...latest, speed: clock.speed, paused: clock.paused };
    screen.draw(renderFrame(model, screen.size(), paint));
  };
  const screen = openScreen(output, draw);
  const then = (act: () => void) => () => {
    act();
    draw();
  };
  const release = listenToKeys(process.stdin, {
    q: stop,
    '\u0003': stop,
    ' ': then(clock.toggle),
    '+': then(clock.faster),
    '=': then(clock.faster),
    '-': then(clock.slower),
  });
  return {
    show: (model) => {
      latest = model;
      draw();
    },
    close: () => {
      release();
      screen.restore();
    },
  };
}

function openLines(output: NodeJS.WriteStream): Display {
  return {
    show: (model) => {
      const isLast = model.step === model.steps && model.blocks === 2 * model.steps;
      if (model.blocks % BLOCKS_PER_LINE === 0 || isLast) output.write(`${plainLine(model)}\n`);
    },
    close: () => {},
  };
}
