import type { Dataset } from '../../../api/index.ts';
import { effectiveClass, higherClass } from '../../../api/rules/protection-plan.ts';
import type { DataClass } from '../../../api/index.ts';
import { valueOf } from '../facts/fact.ts';
import type { PostgresFacts } from '../facts/postgres-facts.ts';
import { findingsOf, type SourceFinding } from './source-finding.ts';

const error = findingsOf('error');
const warning = findingsOf('warning');

/** Values of `synchronous_commit` under which a commit does not wait until a standby has it on disk. */
const WEAK_COMMITS = ['off', 'local', 'remote_write'];

/** The database that every instance has, and that holds zaibei's own schema. */
const OWN_DATABASE = 'postgres';

/** Class of an instance: the highest of its databases'. */
export function instanceClass(dataset: Pick<Dataset, 'spec'>): DataClass {
  const whole = effectiveClass(dataset);
  return (dataset.spec.postgres?.databases ?? [])
    .map((database) => database.class ?? whole)
    .reduce(higherClass, whole);
}

/** Databases that are there and that no record of the catalogue names. */
export function unnamedDatabases({ databases }: PostgresFacts, { spec }: Pick<Dataset, 'spec'>): string[] {
  const named = new Set(spec.postgres?.databases.map(({ name }) => name));
  return (valueOf(databases) ?? [])
    .map(({ name }) => name)
    .filter((name) => !named.has(name) && name !== OWN_DATABASE);
}

/** What the instance has, beside what the catalogue says that it has. */
export const CATALOGUE_CHECKS: readonly ((
  facts: PostgresFacts,
  dataset: Pick<Dataset, 'spec'>,
) => SourceFinding[])[] = [
  ({ databases }, { spec }) => {
    const there = valueOf(databases)?.map(({ name }) => name);
    const missing = (spec.postgres?.databases ?? []).filter(({ name }) => there?.includes(name) === false);
    return missing.map(({ name }) =>
      error(
        'DatabaseMissing',
        `There is no database ${name}, which the catalogue names.`,
        'Correct spec.postgres.databases, or find out where the database went.',
      ),
    );
  },
  (facts, dataset) => {
    const unnamed = unnamedDatabases(facts, dataset);
    if (unnamed.length === 0) return [];
    return [
      warning(
        'UnnamedDatabases',
        `No record of the catalogue names ${unnamed.join(', ')}; they are copied with the instance.`,
        'Classify them, and name them in spec.postgres.databases.',
      ),
    ];
  },
  ({ databases }) =>
    (valueOf(databases) ?? [])
      .filter(({ collationVersion, actualCollationVersion }) => collationVersion !== actualCollationVersion)
      .map(({ name, collationVersion, actualCollationVersion }) =>
        warning(
          'CollationMismatch',
          `The database ${name} was ordered under collation version ${collationVersion ?? 'none'}; the server has ${actualCollationVersion ?? 'none'}: its indexes on texts may be wrong.`,
          `Reindex it, then ALTER DATABASE "${name}" REFRESH COLLATION VERSION.`,
        ),
      ),
  ({ commitOverrides, settings }, dataset) => {
    // Where no leg is real-time, a commit waits for nobody anyway.
    const finding = instanceClass(dataset) === 'general' ? warning : error;
    const weak = (valueOf(commitOverrides) ?? []).filter(({ value }) => WEAK_COMMITS.includes(value));
    const server = valueOf(settings.synchronous_commit);
    const told = [
      ...weak.map(({ role, database, value }) => {
        const whose = [role && `role ${role}`, database && `database ${database}`].filter(Boolean);
        return `${whose.join(' in ')}: ${value}`;
      }),
      ...(server !== undefined && WEAK_COMMITS.includes(server) ? [`the server: ${server}`] : []),
    ];
    if (told.length === 0) return [];
    return [
      finding(
        'CommitsNotSynchronous',
        `synchronous_commit is weaker than "on" for ${told.join(', ')}: what is committed there may be lost in a disaster.`,
        'Take the setting away (ALTER ROLE … RESET synchronous_commit), or have the owner sign that the loss is accepted.',
      ),
    ];
  },
];
