import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { scriptedCluster } from '../testing/scripted-cluster.ts';
import { wishType } from '../testing/wish-kind.ts';
import { LONGEST_OBJECT } from './answer-body.ts';

describe('the body of an answer', () => {
  it.each([1, 0])(
    'is refused where it is longer than any object, and else read: %i byte more',
    async (more) => {
      await using cluster = await scriptedCluster([wishType]);
      cluster.server.fail({ verb: 'read', with: { body: 'x'.repeat(LONGEST_OBJECT + more) } });
      const read = cluster.client.read('/version').then(
        ({ text }) => text.length,
        (error: unknown) => error instanceof ApiError && error.reason,
      );
      expect(await read).toBe(more === 1 ? 'Unreadable' : LONGEST_OBJECT);
    },
  );

  it('of an object is held within the same bound', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const body = `{"metadata":{"name":"a","resourceVersion":"1"},"more":"${'x'.repeat(LONGEST_OBJECT)}"}`;
    cluster.server.fail({ verb: 'get', with: { body } });
    await expect(cluster.client.find(wishType, 'tenant/a')).rejects.toMatchObject({ reason: 'Unreadable' });
  });
});
