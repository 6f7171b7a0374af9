import { describe, expect, it } from 'vitest';
import { EXIT } from '../runtime/index.ts';
import { NotAdmittedError, UnknownCentreError } from './start-error.ts';
import { CENTRE, TOPOLOGY, topologies } from './testing/example-topology.ts';
import { centre, passUntil, startReplica } from './testing/replica.ts';
describe('an operator that is not where it should be', () => {
  it('names the centres that there are', async () => {
    await using scripted = await centre();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { ended } = startReplica(scripted, { centre: 'atlantis' });
    await expect(ended).rejects.toThrow(UnknownCentreError);
    await expect(ended).rejects.toThrow(CENTRE);
  });

  it('waits for an API server and for a topology, with fewer and fewer requests', async () => {
    await using scripted = await centre();
    scripted.server.fail({ with: 503, times: 3 });
    const { ended, stop, told } = startReplica(scripted);
    const asked = () => scripted.server.count('list');
    await passUntil(scripted, () => asked() === 3);
    await scripted.clock.pass(600_000);
    expect(asked()).toBeLessThan(60);
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    await passUntil(scripted, () => told.includes('begins'));
    stop.abort();
    await passUntil(scripted, () => told.includes('ends'));
    expect(await ended).toBe(EXIT.stopped);
  });

  it('bears to be refused by an API server that has just started, and not for longer', async () => {
    await using scripted = await centre();
    const end = scripted.server.fail({ with: 401, reason: 'Unauthorized', times: Infinity });
    const { ended } = startReplica(scripted);
    const outcome = ended.catch((error: unknown) => error);
    await scripted.clock.pass(20_000);
    let settled = false;
    void outcome.then(() => (settled = true));
    await scripted.clock.pass(0);
    expect(settled).toBe(false);
    await passUntil(scripted, () => settled);
    expect(await outcome).toBeInstanceOf(NotAdmittedError);
    end();
  });

  it('stops also while it waits', async () => {
    await using scripted = await centre();
    scripted.server.fail({ with: 'silence', times: Infinity });
    const { ended, stop } = startReplica(scripted);
    await scripted.clock.pass(1_000);
    stop.abort();
    expect(await ended).toBe(EXIT.stopped);
  });
});
