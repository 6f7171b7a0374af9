import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Logger } from '../logs/logger.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { endInOrder } from './end-in-order.ts';
import { EXIT } from './exit-code.ts';
import { watchProcessEnd } from './process-end.ts';

function recordingLogger(): { readonly log: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  const log: Logger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  };
  return { log, lines };
}

describe('an orderly end', () => {
  it('takes its steps one after the other', async () => {
    const clock = new ManualClock();
    const { log } = recordingLogger();
    const order: string[] = [];
    const step = (name: string) => ({
      name,
      within: 100,
      run: async () => {
        order.push(`${name} begins`);
        await clock.pass(0);
        order.push(`${name} ends`);
      },
    });
    expect(await endInOrder([step('first'), step('second')], { clock, log })).toBe(true);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('gives each step its time, and goes on after one that hangs or fails', async () => {
    const clock = new ManualClock();
    const { log, lines } = recordingLogger();
    let released = false;
    const ended = endInOrder(
      [
        { name: 'hangs', within: 5_000, run: () => new Promise(() => undefined) },
        { name: 'fails', within: 5_000, run: () => Promise.reject(new Error('no')) },
        { name: 'releases', within: 5_000, run: () => void (released = true) },
      ],
      { clock, log },
    );
    await clock.pass(4_999);
    expect(released).toBe(false);
    await clock.pass(1);
    expect(await ended).toBe(false);
    expect(released).toBe(true);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(2);
  });
});

/** A process that only remembers with which codes it exited. */
class RecordedProcess extends EventEmitter {
  readonly exits: number[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('the end of a process', () => {
  function watched() {
    const process = new RecordedProcess();
    const { log, lines } = recordingLogger();
    const flushed: number[] = [];
    const stop = watchProcessEnd(process, log, () => void flushed.push(process.exits.length));
    return { process, lines, flushed, stop };
  }

  it.each(['SIGTERM', 'SIGINT'])(
    'begins in order at %s, and happens at once at a second signal',
    (signal) => {
      const { process, stop } = watched();
      process.emit(signal);
      expect([stop.aborted, process.exits]).toEqual([true, []]);
      process.emit('SIGTERM');
      expect(process.exits).toEqual([143]);
    },
  );

  it('follows at once on what nobody caught, with one line that is flushed before', () => {
    const { process, lines, flushed } = watched();
    process.emit('unhandledRejection', new Error('first'));
    process.emit('uncaughtException', new Error('in its wake'));
    expect(process.exits).toEqual([EXIT.defect]);
    expect(lines).toHaveLength(1);
    expect(flushed).toEqual([0]);
  });
});
