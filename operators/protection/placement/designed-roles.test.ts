import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CENTRE_ROLES, type DataZone, type Topology } from '../../api/index.ts';
import { placementKind, API_VERSION } from '../../api/index.ts';
import { labSite } from '../testing/lab-site.ts';
import { compareRoles } from './compare-roles.ts';
import { designRoles } from './designed-roles.ts';

const { topology, zones } = await labSite();

/** The zones of the lab, standing in these centres. */
function zonesIn(...centres: string[]): DataZone[] {
  return zones.map((zone) => ({ ...zone, spec: { ...zone.spec, centres } }));
}

const ROLES = { home: 'production', replica: 'local-dr', backup: 'remote-dr', backupSource: 'home' };

describe('the designed roles of a tenant', () => {
  it.each(['production', 'local-dr', 'remote-dr'])('are the same, asked in %s [T-01, T-02]', (here) => {
    expect(designRoles('population', { topology, zones }, here)).toEqual({ roles: ROLES });
  });

  it('are those of the platform itself, which has no zone, too', () => {
    expect(designRoles('zaibei-system', { topology, zones }, 'production')).toEqual({ roles: ROLES });
  });

  it('have no replica in a zone that does not stand in a local DR centre', () => {
    const design = { topology, zones: zonesIn('production', 'remote-dr') };
    expect(designRoles('population', design, 'production')).toEqual({
      roles: { ...ROLES, replica: undefined },
    });
  });

  it.each<[string, { namespace?: string; zones?: DataZone[]; topology?: Topology }, string, string]>([
    ['a tenant of no zone', { namespace: 'stranger' }, 'production', 'NoZone'],
    ['a zone of one centre', { zones: zonesIn('production') }, 'production', 'NoRoles'],
    ['a zone without production', { zones: zonesIn('local-dr', 'remote-dr') }, 'local-dr', 'NoRoles'],
    ['a centre that has no part in it, such as a city', {}, 'xiamen', 'NotHere'],
    ['a centre outside of the zone', { zones: zonesIn('production', 'remote-dr') }, 'local-dr', 'NotHere'],
  ])('are none for %s', (_title, { namespace = 'population', ...change }, here, reason) => {
    expect(designRoles(namespace, { topology, zones, ...change }, here)).toMatchObject({ reason });
  });

  it('are none without a topology', () => {
    expect(designRoles('population', { topology: undefined, zones }, 'production')).toMatchObject({
      reason: 'NoTopology',
    });
  });

  it('make a Placement that its kind takes, wherever the centres play which part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...CENTRE_ROLES), { minLength: 3, maxLength: 3 }),
        fc.subarray(['production', 'local-dr', 'remote-dr'], { minLength: 1 }),
        (designed, standing) => {
          const centres = topology.spec.centres.map((centre, index) => ({
            ...centre,
            role: designed[index] ?? centre.role,
          }));
          const other = { ...topology, spec: { ...topology.spec, centres } };
          const design = designRoles(
            'population',
            { topology: other, zones: zonesIn(...standing) },
            'production',
          );
          if (!('roles' in design)) return;
          const document = {
            apiVersion: API_VERSION,
            kind: 'Placement',
            metadata: { name: 'population', namespace: 'population' },
            spec: { group: 'population', ...design.roles, epoch: 1 },
          };
          expect(placementKind.schema.safeParse(document).success).toBe(true);
          expect(standing).toContain(design.roles.home);
        },
      ),
    );
  });
});

describe('the present roles', () => {
  const design = designRoles('population', { topology, zones }, 'production');
  const placed = { group: 'population', ...ROLES, backupSource: 'home', epoch: 1 } as const;

  it.each([
    ['are as designed', placed, 'True', 'AsDesigned'],
    ['are as designed again after a failback', { ...placed, epoch: 3 }, 'True', 'AsDesigned'],
    [
      'differ after a takeover',
      { ...placed, home: 'local-dr', replica: 'production', epoch: 2 },
      'False',
      'TakenOver',
    ],
    ['differ from a design that was changed', { ...placed, home: 'old' }, 'False', 'DesignChanged'],
  ])('%s', (_title, spec, status, reason) => {
    expect(compareRoles(spec, design)).toMatchObject({ status, reason });
  });

  it('tell each part that differs', () => {
    const alone = { ...placed, home: 'local-dr', replica: undefined, epoch: 2 };
    expect(compareRoles(alone, design).message).toBe(
      'Epoch 2: home is local-dr, designed production; replica is nobody, designed local-dr.',
    );
  });

  it('are not judged while there is no design', () => {
    const none = designRoles('population', { topology: undefined, zones }, 'production');
    expect(compareRoles(placed, none)).toMatchObject({ status: 'Unknown', reason: 'NoTopology' });
  });
});
