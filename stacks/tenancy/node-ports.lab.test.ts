import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { StrictApi } from '../../operators/api/crd/testing/strict-api.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { viewCentre } from '../centre-view.ts';
import { siteFixture } from '../testing/site-fixture.ts';
import { declaredNodePorts } from './node-ports.ts';

// A namespace takes a while to go, so that each run has its own.
const run = Date.now().toString(36);
const [tax, police] = [`tax-${run}`, `police-${run}`] as const;
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const REFUSAL = 'a NodePort of a tenant is one at which its datasets answer in this centre';

const model = siteFixture({
  tenants: [{ name: tax }, { name: police }],
  datasets: [
    { name: 'd1', tenant: tax, engine: 'postgres', class: 'core', nodePort: 31_801 },
    { name: 'd2', tenant: police, engine: 'postgres', class: 'core', nodePort: 31_802 },
  ],
});

let api: StrictApi;
const made: string[] = [];

interface Made {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: object;
}

async function make(collection: string, object: Made): Promise<void> {
  const { accepted, message } = await api.send('POST', collection, object);
  if (!accepted) throw new Error(`${collection}: ${message}`);
  made.push(`${collection}/${object.metadata.name}`);
}

beforeAll(async () => {
  const { instance } = inject('lab');
  api = await StrictApi.connect(instance.kubeconfig, instance.centres[0]?.context ?? '');
  const [production] = model.topology.spec.centres;
  if (production === undefined) throw new RangeError('the fixture has no centre');
  const [policy] = declaredNodePorts(viewCentre(model, production).tenants, production);
  // Under a name of its own, beside that of a deployed site.
  const name = `${policy.metadata.name}-${run}`;
  await make(`${ADMISSION}/validatingadmissionpolicies`, { metadata: { name }, spec: policy.spec ?? {} });
  await make(`${ADMISSION}/validatingadmissionpolicybindings`, {
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  });
  for (const namespace of [tax, police]) {
    const labels = { [LABELS.purpose]: 'tenant' };
    await make('/api/v1/namespaces', { metadata: { name: namespace, labels } });
  }
  // A policy is in force a moment after it was stored.
  await vi.waitFor(async () => {
    expect(await tryService(tax, { nodePort: 31_899 })).toContain(REFUSAL);
  }, 30_000);
}, 60_000);

afterAll(async () => {
  for (const path of made.reverse()) await api.send('DELETE', path);
  api.close();
});

/** What the API server says to a Service of the tenant with a port; empty when it would take it. */
async function tryService(namespace: string, port: object, type = 'NodePort'): Promise<string> {
  const spec = { type, selector: { app: 'db' }, ports: [{ port: 5432, ...port }] };
  const service = { metadata: { name: 'db' }, spec };
  return (await api.tryCreate(`/api/v1/namespaces/${namespace}/services`, service)).message;
}

it('a tenant may open the NodePort that its dataset declares, and Services without one', async () => {
  expect(await tryService(tax, { nodePort: 31_801 })).toBe('');
  expect(await tryService(police, { nodePort: 31_802 })).toBe('');
  expect(await tryService(tax, {}, 'ClusterIP')).toBe('');
});

it("a tenant gets neither another's NodePort, nor one that nobody declares, nor one that it leaves open [T-06]", async () => {
  expect(await tryService(police, { nodePort: 31_801 })).toContain(REFUSAL);
  expect(await tryService(police, { nodePort: 31_899 })).toContain(REFUSAL);
  expect(await tryService(police, {})).toContain(REFUSAL);
});

it('a namespace that is no tenant’s is left alone', async () => {
  expect(await tryService('default', { nodePort: 31_899 })).toBe('');
});
