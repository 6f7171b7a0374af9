import { existsSync } from 'node:fs';
import path from 'node:path';
import { ApiServer } from '../centre/api-server.ts';
import { isAnyPodReady } from '../centre/freshness.ts';
import type { Machine } from '../centre/machine.ts';
import { findFirstProcess } from '../centre/processes.ts';
import { readSupervisorState } from '../centre/readiness.ts';
import type { LabInstance } from '../instance.ts';
import { ledgerFile } from '../ledger/ledger.ts';
import { newestEntry, type NewestEntry } from '../ledger/newest-entry.ts';
import type { TenantPods } from './sample-tenant.ts';

/** How one of the sample tenants is. */
export interface TenantStatus {
  readonly tenant: string;
  /** `off`: its centre has no power. */
  readonly state: 'off' | 'starting' | 'ready';
  /** The last line of the ledger of its writer; undefined where nothing was ever written. */
  readonly written?: NewestEntry;
}

/** Whether the tenants have ever been applied: their keys are made then. */
export function hasTenants({ directory }: Pick<LabInstance, 'directory'>): boolean {
  return existsSync(path.join(directory, 'tenants'));
}

/** Looks at the tenants of a centre. What the API says from before the power came on is not counted. */
export async function tenantStatus(
  machine: Machine,
  tenants: readonly TenantPods[],
): Promise<readonly TenantStatus[]> {
  const api = new ApiServer(machine);
  try {
    return await Promise.all(
      tenants.map(async ({ name, podLabels }) => {
        const written = await newestEntry(ledgerFile(machine.instance, name));
        const state = await stateOf(machine, api, name, podLabels);
        return { tenant: name, state, ...(written === undefined ? {} : { written }) };
      }),
    );
  } finally {
    api.close();
  }
}

async function stateOf(
  machine: Machine,
  api: ApiServer,
  namespace: string,
  podLabels: TenantPods['podLabels'],
): Promise<TenantStatus['state']> {
  const since = (await readSupervisorState(machine))?.poweredOnAt;
  if (since === undefined || findFirstProcess(machine.centre.namespace) === undefined) return 'off';
  const selector = Object.entries(podLabels).map(([label, value]) => `${label}=${value}`);
  const question = new URLSearchParams({ labelSelector: selector.join(',') });
  const pods = await api
    .send({ path: `/api/v1/namespaces/${namespace}/pods?${question.toString()}` })
    .catch(() => undefined);
  return pods?.status === 200 && isAnyPodReady(pods.body, since) ? 'ready' : 'starting';
}
