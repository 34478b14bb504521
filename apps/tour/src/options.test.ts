import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';
import { TourError } from './tour-error.ts';

describe('parseOptions', () => {
  it('shows March 2020 at two hours a second, where the CLI expects a chain', () => {
    expect(parseOptions([])).toEqual({
      replay: '2020-03',
      headless: false,
      json: false,
      speed: 2,
      port: 8545,
      once: false,
      machines: true,
    });
  });

  it('takes any free port without a view, and ends with the replay', () => {
    expect(parseOptions(['--replay', '2021-05', '--headless', '--json'])).toMatchObject({
      replay: '2021-05',
      headless: true,
      json: true,
      port: undefined,
      once: true,
    });
  });

  it('only helps when asked for help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
    expect(parseOptions(['--replay', 'never', '-h'])).toBeUndefined();
  });

  it.each([
    [['--replay', '2019-01'], /2020-03, 2021-05, 2022-06/],
    [['--replay'], /argument missing/],
    [['--speed', '0'], /from 0.1 to 1000/],
    [['--speed', 'fast'], /--speed/],
    [['--speed', '-1'], /--speed/],
    [['--port', '0'], /from 1 to 65535/],
    [['--port', '8545.5'], /whole number/],
    [['--port', '65536'], /--port/],
    [['--json'], /needs --headless/],
    [['--headless', '--speed', '3'], /no clock/],
    [['--fast'], /--fast/],
    [['2020-03'], /2020-03/],
  ])('refuses %j and says why', (args, why) => {
    expect(() => parseOptions(args)).toThrow(TourError);
    expect(() => parseOptions(args)).toThrow(why);
  });
});
