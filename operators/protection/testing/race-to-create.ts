import { ApiError, type ApiClient } from '../../runtime/index.ts';

/**
 * A client whose creations of a kind wait for each other, so that so many operators surely race.
 * @returns also what came of them, in the order of the answers
 */
export function raceToCreate(client: ApiClient, kind: string, racers: number) {
  const outcomes: string[] = [];
  const { promise: all, resolve: off } = Promise.withResolvers<undefined>();
  let waiting = 0;
  const create: ApiClient['create'] = async (type, ...rest) => {
    if (type.kind !== kind) return client.create(type, ...rest);
    waiting += 1;
    if (waiting === racers) off(undefined);
    await all;
    try {
      const made = await client.create(type, ...rest);
      outcomes.push('made');
      return made;
    } catch (error) {
      outcomes.push(error instanceof ApiError ? error.reason : String(error));
      throw error;
    }
  };
  const racing = new Proxy(client, {
    get: (target, name) => {
      if (name === 'create') return create;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { client: racing, outcomes };
}
