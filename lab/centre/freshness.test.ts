import { describe, expect, test } from 'vitest';
import { isAnyPodReady, isNodeReady } from './freshness.ts';

const POWERED_ON = '2026-11-22T10:00:05.700Z';

const node = (status: string, lastHeartbeatTime?: string): object => ({
  status: {
    conditions: [
      { type: 'DiskPressure', status: 'False' },
      { type: 'Ready', status, lastHeartbeatTime },
    ],
  },
});

describe('after power on, a node', () => {
  test.each([
    ['has reported since', node('True', '2026-11-22T10:00:09Z'), true],
    ['has reported in the same second, which the API cuts down', node('True', '2026-11-22T10:00:05Z'), true],
    ['was Ready before the power cut', node('True', '2026-11-22T10:00:04Z'), false],
    ['has reported that it is not Ready', node('False', '2026-11-22T10:00:09Z'), false],
    ['has never reported', node('True'), false],
    ['has no status yet', { status: {} }, false],
  ])('that %s is Ready: %#', (_, object, expected) => {
    expect(isNodeReady(object, POWERED_ON)).toBe(expected);
  });
});

const pod = (ready: string, startedAt?: string): object => ({
  status: {
    conditions: [{ type: 'Ready', status: ready }],
    containerStatuses: [{ state: startedAt === undefined ? {} : { running: { startedAt } } }],
  },
});

describe('after power on, cluster DNS', () => {
  test.each([
    ['a container started since', [pod('True', '2026-11-22T10:00:09Z')], true],
    ['the container from before the power cut', [pod('True', '2026-11-22T09:00:00Z')], false],
    ['a new container that is not Ready yet', [pod('False', '2026-11-22T10:00:09Z')], false],
    ['a container that waits', [pod('True')], false],
    [
      'an old pod and a new one',
      [pod('True', '2026-11-22T09:00:00Z'), pod('True', '2026-11-22T10:00:09Z')],
      true,
    ],
    ['no pod', [], false],
  ])('with %s is up: %#', (_, items, expected) => {
    expect(isAnyPodReady({ items }, POWERED_ON)).toBe(expected);
  });
});
