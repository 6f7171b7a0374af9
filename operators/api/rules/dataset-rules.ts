import type { Dataset, Endpoint } from '../kinds/dataset.ts';
import { SYSTEM_NAMESPACE } from '../layout/namespaces.ts';
import type { FieldPath } from '../site/field-path.ts';
import { higherClass, homesOf } from './protection-plan.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Breach, type Rule } from './rule.ts';

const namespaces = defineRule({
  code: 'ZB-DST-001',
  title: 'The namespace of a dataset is a tenant of a zone; cluster state is in the namespace of the system',
  why: 'The openings, quota and copies of a dataset are those of its tenant.',
  severity: 'error',
  policyLines: ['D-08', 'T-06'],
  judges: ['datasets'],
  consults: ['zones'],
  check: function* ({ datasets, zones }) {
    const names = zones.flatMap(({ spec }) => (spec.tenants ?? []).map(({ name }) => name));
    for (const dataset of datasets) {
      const namespace = dataset.metadata.namespace ?? '';
      const field = ['metadata', 'namespace'];
      if (dataset.spec.clusterState === undefined) {
        yield* refuseUnknown(dataset, field, namespace, { noun: 'tenant', names });
      } else if (namespace !== SYSTEM_NAMESPACE) {
        const message = `found ${namespace}; the state of the cluster is a dataset of ${SYSTEM_NAMESPACE}`;
        yield { document: dataset, field, message };
      }
    }
  },
});

const classes = defineRule({
  code: 'ZB-DST-002',
  title: 'Every dataset has a class, from a record of the catalogue',
  why: '分类分级: an unclassified dataset is treated as important until the catalogue says otherwise.',
  severity: 'strict',
  policyLines: ['D-06', 'D-07'],
  judges: ['datasets'],
  check: function* ({ datasets }) {
    for (const dataset of datasets) {
      if (dataset.spec.class === undefined) {
        const message = 'has no class, and is protected as important';
        const remedy = 'have it classified, and write the class of its catalogue record';
        yield { document: dataset, field: ['spec', 'class'], message, remedy };
      } else if (dataset.spec.catalogue === undefined) {
        const message = `is of the class ${dataset.spec.class} without a catalogue record that says so`;
        yield {
          document: dataset,
          field: ['spec', 'catalogue'],
          message,
          remedy: 'add catalogue: { id: …, version: … }',
        };
      }
    }
  },
});

const systems = defineRule({
  code: 'ZB-DST-003',
  title: 'A dataset names its information system, with 等保 level and 密评 status',
  why: 'The level adds to what the policy asks for; without it the plan may fall short unseen.',
  severity: 'error',
  policyLines: ['S-06', 'D-08'],
  judges: ['datasets'],
  check: function* ({ datasets }) {
    for (const dataset of datasets) {
      const { system } = dataset.spec;
      const field = ['spec', 'system'];
      if (system === undefined) {
        yield { document: dataset, field, message: 'does not name its information system' };
        continue;
      }
      if (system.securityLevel === undefined) {
        const message = `does not say the 等保 level of ${system.name}`;
        yield { document: dataset, field: [...field, 'securityLevel'], message };
      }
      if (system.cryptography === undefined) {
        const message = `does not say the 密评 status of ${system.name}`;
        const remedy = 'add cryptography: { status: planned, date: … }, or the result';
        yield { document: dataset, field: [...field, 'cryptography'], message, remedy };
      }
    }
  },
});

const databases = defineRule({
  code: 'ZB-DST-004',
  title: 'An instance has at least the class of its highest database',
  why: 'An instance is replicated and restored as a whole: the highest class in it decides.',
  severity: 'error',
  policyLines: ['D-07'],
  judges: ['datasets'],
  check: function* ({ datasets }) {
    for (const dataset of datasets) {
      const own = dataset.spec.class;
      for (const [index, database] of (dataset.spec.postgres?.databases ?? []).entries()) {
        if (own === undefined || database.class === undefined || higherClass(own, database.class) === own)
          continue;
        const message = `the database ${database.name} is ${database.class}, and the instance only ${own}`;
        const remedy = `raise the class of the dataset to ${database.class}, or move the database to another instance`;
        yield {
          document: dataset,
          field: ['spec', 'postgres', 'databases', index, 'class'],
          message,
          remedy,
        };
      }
    }
  },
});

const endpoints = defineRule({
  code: 'ZB-DST-005',
  title: 'A dataset has an address in every centre that may become its home',
  why: 'After a takeover the other centres look for it there; an address that is missing is found out at the worst time.',
  severity: 'error',
  policyLines: ['D-01', 'D-02'],
  judges: ['datasets'],
  consults: ['topology', 'zones'],
  check: function* ({ datasets, topology, zones }) {
    const known = { noun: 'centre', names: topology.spec.centres.map(({ name }) => name) };
    for (const dataset of datasets) {
      const part = (['postgres', 'files', 'objects'] as const).find(
        (name) => dataset.spec[name] !== undefined,
      );
      if (part === undefined) continue;
      const field = ['spec', part, 'endpoint'];
      const endpoint = dataset.spec[part]?.endpoint;
      if (endpoint === undefined) {
        const message = 'has no endpoint; the centre that keeps the backups pulls the data from there';
        yield { document: dataset, field, message, remedy: 'add endpoint: { perCentre: […] }' };
        continue;
      }
      for (const [index, { centre }] of (endpoint.perCentre ?? []).entries()) {
        yield* refuseUnknown(dataset, [...field, 'perCentre', index, 'centre'], centre, known);
      }
      yield* missingHomes(dataset, endpoint, homesOf(dataset, zones) ?? [], field);
    }
  },
});

function* missingHomes(
  dataset: Dataset,
  endpoint: Endpoint,
  homes: readonly string[],
  field: FieldPath,
): Iterable<Breach> {
  const told = endpoint.perCentre?.map(({ centre }) => centre);
  const missing = homes.filter((home) => told?.includes(home) === false);
  if (missing.length === 0) return;
  const message = `names no address for ${missing.join(', ')}, where the data may live after a takeover`;
  yield { document: dataset, field: [...field, 'perCentre'], message };
}

const suspended = defineRule({
  code: 'ZB-DST-006',
  title: 'No dataset is suspended',
  why: 'While it is, neither leg runs: it stands on the list of the uncovered.',
  severity: 'warning',
  policyLines: ['D-02'],
  judges: ['datasets'],
  check: function* ({ datasets }) {
    for (const dataset of datasets) {
      if (!dataset.spec.suspend) continue;
      const message = 'is suspended: nothing is copied, and it shows as not covered';
      yield { document: dataset, field: ['spec', 'suspend'], message };
    }
  },
});

/** Rules about datasets. */
export const datasetRules: readonly Rule[] = [namespaces, classes, systems, databases, endpoints, suspended];
