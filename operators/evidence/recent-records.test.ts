import { describe, expect, it } from 'vitest';
import type { JournalRecord } from './journal-record.ts';
import { RecentRecords } from './recent-records.ts';
import { referenceTo } from './reference-to.ts';

function recordOf(sequence: number, uid: string, kind = 'vote'): JournalRecord {
  const object = { kind: 'Claim', name: uid, uid };
  const time = '2026-11-23T04:00:00.000Z';
  const previous = null;
  return {
    format: 'zaibei-journal/1',
    sequence,
    time,
    centre: 'a',
    previous,
    kind,
    actor: 'pod/a',
    object,
    body: {},
  };
}

describe('recent records', () => {
  it('are found by kind and uid, the latest of each', () => {
    const recent = new RecentRecords();
    recent.add(recordOf(1, 'one'));
    recent.add(recordOf(2, 'one', 'policy-change'));
    recent.add(recordOf(3, 'one'));
    expect(recent.find('vote', 'one')?.sequence).toBe(3);
    expect(recent.find('policy-change', 'one')?.sequence).toBe(2);
    expect(recent.find('leader-change', 'one')).toBeUndefined();
    expect(recent.find('vote', 'two')).toBeUndefined();
  });

  it('are forgotten in the order in which they were last written, beyond ten thousand objects', () => {
    const recent = new RecentRecords();
    recent.add(recordOf(1, 'kept'));
    for (let sequence = 2; sequence <= 10_000; sequence += 1)
      recent.add(recordOf(sequence, `uid-${sequence}`));
    recent.add(recordOf(10_001, 'kept'));
    recent.add(recordOf(10_002, 'one too many'));
    expect(recent.find('vote', 'kept')?.sequence).toBe(10_001);
    expect(recent.find('vote', 'uid-2')).toBeUndefined();
    expect(recent.find('vote', 'uid-3')?.sequence).toBe(3);
  });
});

describe('how a record names an object', () => {
  it('leaves out what the object does not have', () => {
    const metadata = { name: 'zaibei-operator', uid: 'u', namespace: undefined, resourceVersion: '7' };
    expect(Object.entries(referenceTo({ kind: 'Lease', metadata }))).toEqual([
      ['kind', 'Lease'],
      ['name', 'zaibei-operator'],
      ['uid', 'u'],
    ]);
    expect(
      referenceTo({ kind: 'Dataset', metadata: { ...metadata, namespace: 'hr', generation: 3 } }),
    ).toMatchObject({
      namespace: 'hr',
      generation: 3,
    });
  });
});
