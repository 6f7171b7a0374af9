import { describe, expect, it } from 'vitest';

import { inWords, withProgress } from './progress.mjs';

const step = { what: 'kube-apiserver 1.34.4', number: 4, of: 21, expectedSeconds: 245 };

interface Screen {
  readonly text: () => string;
  /** Work during which the clock moves on. */
  readonly takes: (seconds: number) => () => Promise<void>;
  readonly terminal: Parameters<typeof withProgress>[2];
}

/** A terminal or log with a clock that stands still until work moves it. */
function screen(live: boolean): Screen {
  let now = 0;
  let written = '';
  const ticks = new Set<() => void>();
  return {
    text: () => written,
    takes: (seconds) => () => {
      for (let second = 0; second < seconds; second += 1) {
        now += 1000;
        for (const tick of ticks) tick();
      }
      return Promise.resolve();
    },
    terminal: {
      write: (text) => {
        written += text;
      },
      live,
      now: () => now,
      every: (tick) => {
        ticks.add(tick);
        return () => ticks.delete(tick);
      },
    },
  };
}

describe('progress', () => {
  it('says nothing about what takes less than two seconds', async () => {
    const { text, takes, terminal } = screen(false);
    await withProgress(step, takes(1), terminal);
    expect(text()).toBe('');
  });

  it('says in a log what, how far and how long, without a line for every second', async () => {
    const { text, takes, terminal } = screen(false);
    await withProgress(step, takes(30), terminal);
    expect(text().split('\n')).toEqual([
      '[4/21] kube-apiserver 1.34.4: 2 s of about 4 min 5 s',
      '[4/21] kube-apiserver 1.34.4: 22 s of about 4 min 5 s',
      '[4/21] kube-apiserver 1.34.4: done in 30 s',
      '',
    ]);
  });

  it('keeps to one line on a terminal', async () => {
    const { text, takes, terminal } = screen(true);
    await withProgress(step, takes(4), terminal);
    const lines = text().split('\r').slice(1);
    expect(lines).toHaveLength(4);
    expect(text().match(/\n/g)).toHaveLength(1);
    expect(lines.at(-1)).toContain('done in 4 s');
  });

  it('leaves the line of a failure to be read, and stops', async () => {
    const { text, takes, terminal } = screen(true);
    const failing = withProgress(
      step,
      async () => {
        await takes(3)();
        throw new Error('no room');
      },
      terminal,
    );
    await expect(failing).rejects.toThrow('no room');
    const before = text();
    await takes(10)();
    expect(text()).toBe(before);
    expect(before.endsWith('\n')).toBe(true);
  });

  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [245_000, '4 min 5 s'],
  ])('puts %i ms in words', (milliseconds, words) => {
    expect(inWords(milliseconds)).toBe(words);
  });
});
