import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CredentialsError } from '../errors/credentials-error.ts';
import { BEGINNING, ManualClock } from '../testing/manual-clock.ts';
import { openJsonLog, type JsonLog } from './json-logger.ts';

const lineSchema = z.record(z.string(), z.unknown());

function open(): { readonly log: JsonLog; readonly lines: () => readonly Record<string, unknown>[] } {
  const written: string[] = [];
  const clock = new ManualClock();
  const log = openJsonLog({
    level: 'info',
    fields: { centre: 'fuzhou-a', pod: 'zaibei-operator-0' },
    destination: { write: (line) => written.push(line) },
    now: () => clock.now(),
  });
  return { log, lines: () => written.map((line) => lineSchema.parse(JSON.parse(line))) };
}

describe('the structured log', () => {
  it('writes one JSON object a line, with who wrote it and when', () => {
    const { log, lines } = open();
    log.logger
      .child({ controller: 'dataset', key: 'civil/records' })
      .info('reconciled', { milliseconds: 12 });
    expect(lines()).toEqual([
      {
        level: 'info',
        time: new Date(BEGINNING).toISOString(),
        centre: 'fuzhou-a',
        pod: 'zaibei-operator-0',
        controller: 'dataset',
        key: 'civil/records',
        milliseconds: 12,
        message: 'reconciled',
      },
    ]);
  });

  it('changes its level for the loggers that are in use already', () => {
    const { log, lines } = open();
    const child = log.logger.child({ key: 'civil/records' });
    child.debug('not yet');
    log.level = 'debug';
    child.debug('now');
    log.level = 'error';
    child.warn('no more');
    expect(lines().map(({ message }) => message)).toEqual(['now']);
  });

  it('lets no secret through, by whatever way it comes', () => {
    const { log, lines } = open();
    const secret = 'c4n4ry-value';
    const child = log.logger.child({ token: secret });
    child.info(`Bearer ${secret}`, { password: secret });
    child.error('failed', { error: new Error(`password=${secret}`) });
    expect(lines()).toHaveLength(2);
    expect(JSON.stringify(lines())).not.toContain(secret);
  });

  it.each(['error', 'err', 'reason'])('tells an error by its class, code and message under %s', (field) => {
    const { log, lines } = open();
    log.logger.warn('failed', { [field]: new CredentialsError('Secret a/b', 'there is none') });
    expect(lines()[0]?.[field]).toEqual({
      name: 'CredentialsError',
      code: 'ZB-API-020',
      message: expect.stringContaining('there is none') as string,
    });
  });

  it('keeps its own fields when a caller uses their names', () => {
    const { log, lines } = open();
    log.logger.info('from the controller', { message: 'from the caller' });
    expect(lines()[0]).toMatchObject({ level: 'info', message: 'from the controller' });
  });
});
