import type { DataZoneStatus } from '../../api/kinds/data-zone-status.ts';
import { tellCount } from '../../api/rules/tell-count.ts';
import type { Verdict } from '../facts/verdict.ts';
import type { Coverage } from './coverage.ts';
import type { ObservedTenants } from './tenants.ts';

/** How many names a sentence has; the lists of the status have more. */
const NAMED = 5;

/** Whether every tenant stands: the condition `TenantsStand`. */
export function tellTenants({ standing, missing }: ObservedTenants): Verdict {
  if (missing.length > 0) {
    const message = `${tellCount(missing.length, 'tenant')} without a namespace of the zone: ${tellNames(missing)}.`;
    return { status: 'False', reason: 'TenantsMissing', message };
  }
  return { status: 'True', reason: 'AllStand', message: `${tellCount(standing.length, 'tenant')} here.` };
}

/** Whether nothing was altered by hand, as far as it is seen here: the condition `Intact`. */
export function tellDrift({ total, objects = [] }: NonNullable<DataZoneStatus['drift']>): Verdict {
  if (total === 0) {
    const message = 'Namespaces, quotas and isolation are as declared; npm run diff compares the rest.';
    return { status: 'True', reason: 'AsDeclared', message };
  }
  const names = objects.map(({ kind, namespace, name }) =>
    namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`,
  );
  const message = `${tellCount(total, 'object')} not as declared: ${tellNames(names, total)}. Deploy the zone again.`;
  return { status: 'False', reason: 'Drifted', message };
}

/** Whether a Dataset names everything that keeps data: the condition `Covered`. */
export function tellCoverage(coverage: Coverage): Verdict {
  const { workloads, uncoveredWorkloads, claims, uncoveredClaims, uncovered = [] } = coverage;
  const total = uncoveredWorkloads + uncoveredClaims;
  if (total === 0) {
    const message = `Datasets name ${tellCount(claims, 'claim')} and ${tellCount(workloads, 'workload')}: all that keep data.`;
    return { status: 'True', reason: 'AllNamed', message };
  }
  const names = uncovered
    .filter(({ stateless }) => stateless !== true)
    .map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  const message = `No Dataset names ${uncoveredClaims} of ${claims} claims and ${uncoveredWorkloads} of ${workloads} workloads: ${tellNames(names, total)}.`;
  return { status: 'False', reason: 'Uncovered', message };
}

function tellNames(names: readonly string[], total = names.length): string {
  const shown = names.slice(0, NAMED);
  const more = total - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
