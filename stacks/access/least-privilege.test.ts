import type { RbacV1Subject, V1PolicyRule } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DataZone } from '../../operators/api/kinds/data-zone.ts';
import { GROUP } from '../../operators/api/kinds/kind.ts';
import { KEEPER, OPERATOR, PEER } from '../../operators/api/layout/identities.ts';
import { copiesNamespace, STORE_NAMESPACE, SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { buildApp, objectsOf } from '../app.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import { siteFixture } from '../testing/site-fixture.ts';
import { projectSite } from '../testing/synthesized-site.ts';
import { READ } from './role.ts';

/** An object with what matters of roles and bindings; other kinds have none of it. */
type AccessObject = KubernetesObject<{
  rules?: V1PolicyRule[];
  subjects?: RbacV1Subject[];
  roleRef?: { kind: string; name: string };
}>;

/** A rule that somebody has, and where: in one namespace, or everywhere (undefined). */
interface Grant {
  readonly subject: string;
  readonly namespace: string | undefined;
  readonly rule: V1PolicyRule;
}

/** Who may do what where, worked out from all roles and bindings as RBAC does: rules only add up. */
function grantsOf(objects: readonly AccessObject[]): Grant[] {
  const rulesOf = (kind: string, name: string, namespace?: string): V1PolicyRule[] =>
    objects.find(
      (object) =>
        object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace,
    )?.rules ?? [];
  return objects.flatMap(({ metadata, roleRef, subjects = [] }) => {
    if (roleRef === undefined) return [];
    const { namespace } = metadata;
    const rules = rulesOf(roleRef.kind, roleRef.name, roleRef.kind === 'Role' ? namespace : undefined);
    expect(rules, `${roleRef.kind} ${roleRef.name}`).not.toEqual([]);
    return subjects.flatMap(({ name }) => rules.map((rule) => ({ subject: name, namespace, rule })));
  });
}

/** Resources that a subject may touch with one of the verbs in a namespace. */
function resourcesIn(
  grants: readonly Grant[],
  { subject, namespace, verbs }: { subject: string; namespace: string; verbs: readonly string[] },
): string[] {
  const matching = grants.filter(
    (grant) =>
      grant.subject === subject &&
      (grant.namespace === undefined || grant.namespace === namespace) &&
      grant.rule.verbs.some((verb) => verbs.includes(verb)),
  );
  return [...new Set(matching.flatMap(({ rule }) => rule.resources ?? []))].sort();
}

const EVERY_VERB = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs whose answer holds the object: all but `create` and `update` show what was there before. */
const SHOWS_CONTENT = ['get', 'list', 'watch', 'patch', 'delete', 'deletecollection'];
const MAKES_PODS = ['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'];

describe('rights', () => {
  let objects: AccessObject[];
  let grants: Grant[];

  beforeAll(async () => {
    objects = objectsOf(buildApp(await projectSite('lab')), 'production');
    grants = grantsOf(objects);
  });

  const rules = (): V1PolicyRule[] => objects.flatMap((object) => object.rules ?? []);

  it('name every group, resource and verb: no wildcard anywhere', () => {
    expect(rules().length).toBeGreaterThan(20);
    for (const { apiGroups = [], resources = [], verbs, nonResourceURLs } of rules()) {
      expect([...apiGroups, ...resources, ...verbs].join(' ')).not.toContain('*');
      expect(nonResourceURLs).toBeUndefined();
    }
  });

  it('never include what makes rights out of rights: escalate, bind, impersonate, roles, tokens', () => {
    for (const { resources = [], verbs } of rules()) {
      expect(verbs).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/escalate|bind|impersonate|approve/)]),
      );
      expect(resources).not.toEqual(
        expect.arrayContaining([
          expect.stringMatching(
            /roles|rolebindings|serviceaccounts\/token|certificatesigningrequests|nodes\/proxy/,
          ),
        ]),
      );
    }
  });

  it('to Secrets end at a namespace: nobody has them cluster-wide', () => {
    const clusterWide = grants.filter(
      ({ namespace, rule }) =>
        namespace === undefined && rule.resources?.some((one) => one.startsWith('secrets')),
    );
    expect(clusterWide).toEqual([]);
  });

  it('to change isolation and quotas are nobody’s: they come from the config [T-06]', () => {
    const changes = rules().filter(
      ({ resources = [], verbs }) =>
        resources.some((resource) =>
          ['networkpolicies', 'resourcequotas', 'limitranges', 'namespaces'].includes(resource),
        ) && verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)),
    );
    expect(changes).toEqual([]);
  });

  it('of the operator end before the store: it makes no pod there, and reads none and no Secret', () => {
    const verbs = EVERY_VERB;
    const inStore = resourcesIn(grants, { subject: OPERATOR, namespace: STORE_NAMESPACE, verbs });
    expect(inStore).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(secrets|pods|configmaps)/)]),
    );
    const change = EVERY_VERB.filter((verb) => !READ.some((one) => one === verb));
    const made = resourcesIn(grants, { subject: OPERATOR, namespace: STORE_NAMESPACE, verbs: change });
    for (const resource of MAKES_PODS) expect(made).not.toContain(resource);
    const anywhere = grants.filter(
      ({ subject, namespace }) => subject === OPERATOR && namespace === STORE_NAMESPACE,
    );
    expect(anywhere).toEqual([]);
  });

  it('of the operator to Secrets are to read single ones: of its peers, and of the guards of databases', () => {
    const toSecrets = grants.filter(
      ({ subject, rule }) => subject === OPERATOR && rule.resources?.includes('secrets') === true,
    );
    const get = (namespace: string, resourceNames: string[]): Grant => ({
      subject: OPERATOR,
      namespace,
      rule: { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames },
    });
    const guard = (dataset: string): string[] => [`${dataset}-guard`, `${dataset}-guard-tls`];
    expect(toSecrets).toHaveLength(3);
    expect(toSecrets).toEqual(
      expect.arrayContaining([
        get(SYSTEM_NAMESPACE, ['zaibei-peer-local-dr', 'zaibei-peer-remote-dr']),
        get(copiesNamespace('population'), guard('population')),
        get(copiesNamespace('economy'), guard('economy')),
      ]),
    );
  });

  it('of the operator never reach the spec of what config writes', () => {
    const config = ['topologies', 'datazones', 'protectionpolicies', 'datasets', 'backupstores'];
    const writes = resourcesIn(grants, {
      subject: OPERATOR,
      namespace: 'population',
      verbs: ['create', 'update', 'patch', 'delete'],
    });
    for (const plural of config) {
      expect(writes).not.toContain(plural);
      expect(writes).toContain(`${plural}/status`);
    }
    expect(writes).toContain('placements');
  });

  it('to delete documents of ours are those of the operator to its old claims and votes, one by one', () => {
    const deletes = grants.filter(
      ({ rule: { apiGroups = [], verbs } }) =>
        apiGroups.includes(GROUP) && verbs.some((verb) => verb.startsWith('delete')),
    );
    expect(deletes.map(({ subject, rule: { resources, verbs } }) => [subject, resources, verbs])).toEqual([
      [OPERATOR, ['claims', 'votes'], ['delete']],
    ]);
  });

  it('of a peer are to read, and of the keeper to read outside its own namespace', () => {
    const write = EVERY_VERB.filter((verb) => !['get', 'list', 'watch'].includes(verb));
    expect(resourcesIn(grants, { subject: PEER, namespace: SYSTEM_NAMESPACE, verbs: write })).toEqual([]);
    expect(resourcesIn(grants, { subject: KEEPER, namespace: SYSTEM_NAMESPACE, verbs: write })).toEqual([]);
  });
});

describe('rights of people', () => {
  const roles: DataZone['spec']['roles'] = [
    { tier: 'province', access: 'administer', group: 'admins' },
    { tier: 'province', access: 'view', group: 'leaders' },
    { tier: 'city', access: 'operate', group: 'city' },
    { tier: 'department', access: 'operate', group: 'tax-office', tenants: ['tax'] },
    { tier: 'department', access: 'view', group: 'both', tenants: ['tax', 'police'] },
  ];
  const model = siteFixture({
    tenants: [{ name: 'police' }, { name: 'tax' }],
    roles,
  });
  const grants = grantsOf(objectsOf(buildApp(model), 'production'));
  const may = (subject: string, verb: string, resource: string, namespace: string): boolean =>
    resourcesIn(grants, { subject, namespace, verbs: [verb] }).includes(resource);

  it.each([
    // who, verb, resource, where, whether
    ['leaders', 'get', 'pods', 'police', true],
    ['leaders', 'delete', 'pods', 'police', false],
    ['leaders', 'get', 'secrets', 'police', false],
    ['leaders', 'list', 'datazones', 'police', true],
    ['city', 'patch', 'deployments', 'police', true],
    ['city', 'get', 'secrets', 'police', false],
    ['city', 'list', 'datazones', 'police', false],
    ['city', 'get', 'datazones', 'police', true],
    ['tax-office', 'patch', 'deployments', 'tax', true],
    ['tax-office', 'get', 'pods', 'police', false],
    ['tax-office', 'get', 'pods', 'zb-copies-tax', false],
    ['tax-office', 'get', 'datazones', 'tax', false],
    ['both', 'get', 'pods', 'police', true],
    ['both', 'create', 'configmaps', 'police', false],
    ['admins', 'create', 'secrets', 'tax', true],
    ['admins', 'create', 'pods/exec', 'tax', true],
    ['admins', 'get', 'pods', 'zb-copies-tax', true],
    ['admins', 'create', 'pods', 'zb-copies-tax', false],
    ['admins', 'update', 'secrets', 'zb-copies-tax', true],
    ['admins', 'get', 'secrets', 'zb-copies-tax', false],
    ['leaders', 'create', 'secrets', 'zb-copies-tax', false],
    ['admins', 'create', 'secrets', 'zb-store', true],
    ['admins', 'update', 'secrets', 'zaibei-system', true],
    ['admins', 'get', 'secrets', 'zb-store', false],
    ['leaders', 'create', 'secrets', 'zb-store', false],
  ])('%s may %s %s in %s: %s [T-20, S-02]', (subject, verb, resource, namespace, allowed) => {
    expect(may(subject, verb, resource, namespace)).toBe(allowed);
  });

  it.each([STORE_NAMESPACE, SYSTEM_NAMESPACE])(
    'show nobody but the operator a Secret in %s, whichever verb would answer with it',
    (namespace) => {
      const subjects = [...new Set(grants.map(({ subject }) => subject))];
      const readers = subjects.filter((subject) =>
        resourcesIn(grants, { subject, namespace, verbs: SHOWS_CONTENT }).includes('secrets'),
      );
      expect(readers).toEqual(namespace === SYSTEM_NAMESPACE ? [OPERATOR] : []);
    },
  );

  it('leave nobody of a department anything in the copies of its data', () => {
    for (const group of ['tax-office', 'both']) {
      const inCopies = grants.filter(
        ({ subject, namespace }) => subject === group && namespace === copiesNamespace('tax'),
      );
      expect(inCopies).toEqual([]);
    }
  });
});
