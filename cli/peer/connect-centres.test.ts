import { describe, expect, it } from 'vitest';
import { requireSite } from '../../operators/api/site/load-site.ts';
import type { OpenSession, PlainRequest } from '../centres/centre-session.ts';
import { sayIn } from '../messages/say.ts';
import { CentreInMemory } from '../testing/centre-in-memory.ts';
import { connectCentres } from './connect-centres.ts';

const EXPIRY = '2026-12-23T04:00:00Z';

/** What an API server that has the foundation answers, by the end of the path. */
function answer({ method, path }: PlainRequest): { status: number; body: unknown } {
  if (path.endsWith('kube-root-ca.crt')) return { status: 200, body: { data: { 'ca.crt': 'authority' } } };
  if (path.endsWith('/token'))
    return { status: 201, body: { status: { token: 'secret-token', expirationTimestamp: EXPIRY } } };
  return { status: method === 'POST' ? 201 : 200, body: {} };
}

/** Connects the centres of the lab's site. @param silent a centre that does not answer */
async function connect(readers: readonly string[], silent?: string) {
  const site = await requireSite('config/lab');
  const centres = site.topology.spec.centres.map(({ name }) => new CentreInMemory(name));
  const told: string[] = [];
  const open: OpenSession = ({ name }) => ({
    ...new CentreInMemory(name).session,
    send: (request) =>
      name === silent ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve(answer(request)),
  });
  const accesses = centres.map(({ access }) => access);
  const frame = { say: sayIn('en'), tell: (line: string) => void told.push(line) };
  const connections = await connectCentres(
    { centres: accesses, site },
    { readers, lifetime: 3_600 },
    frame,
    open,
  );
  return { connections, told };
}

describe('zaibei peer connect', () => {
  it('lets every voting centre read every other, and says until when', async () => {
    const { connections, told } = await connect([]);
    expect(connections).toHaveLength(6);
    expect(connections.every(({ until }) => until === EXPIRY)).toBe(true);
    expect(told[0]).toBe(`production may read local-dr until ${EXPIRY}`);
    expect(told.join()).not.toContain('secret-token');
  });

  it('connects the others while one is down, and says which it could not', async () => {
    const { connections } = await connect([], 'remote-dr');
    const made = connections.filter(({ until }) => until !== null);
    expect(made.map(({ reader, peer }) => `${reader} ${peer}`)).toEqual([
      'production local-dr',
      'local-dr production',
    ]);
    expect(connections).toHaveLength(6);
  });

  it('refuses a centre that the site does not have', async () => {
    await expect(connect(['produktion'])).rejects.toThrow(/ZB-CLI-007: .*"produktion"; there is: production/);
  });
});
