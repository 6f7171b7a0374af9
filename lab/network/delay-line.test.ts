import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { DelayLine } from './delay-line.ts';

describe('a delay line', () => {
  test('passes everything on, whole and in order', async () => {
    const pieces = Array.from({ length: 500 }, (_, index) => Buffer.alloc(1 + (index % 977), index % 251));
    const received = await buffer(Readable.from(pieces).pipe(new DelayLine(3)));
    expect(received.equals(Buffer.concat(pieces))).toBe(true);
  });

  test('is never earlier than its delay, for the first byte and for the end', async () => {
    const line = new DelayLine(40);
    const started = performance.now();
    line.end(Buffer.from('x'));
    await new Promise((resolve) => line.once('data', resolve));
    expect(performance.now() - started).toBeGreaterThanOrEqual(40);
    await new Promise((resolve) => line.once('end', resolve));
    expect(performance.now() - started).toBeGreaterThanOrEqual(40);
  });

  test('delays a long stream once, not once for each piece', async () => {
    const pieces = Array.from({ length: 100 }, () => Buffer.alloc(1000));
    const started = performance.now();
    await buffer(Readable.from(pieces).pipe(new DelayLine(50)));
    expect(performance.now() - started).toBeLessThan(100 * 50);
  });

  test('holds back a sender that is faster than the receiver, and loses nothing by it', async () => {
    const line = new DelayLine(1);
    const megabyte = Buffer.alloc(1024 * 1024, 7);
    const accepted = Array.from({ length: 40 }, () => line.write(megabyte));
    line.end();
    expect(accepted).toContain(false);
    expect((await buffer(line)).byteLength).toBe(40 * megabyte.byteLength);
  });
});
