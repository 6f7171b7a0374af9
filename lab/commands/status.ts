import { existsSync } from 'node:fs';
import { ApiServer } from '../centre/api-server.ts';
import { workingSet } from '../centre/cgroups.ts';
import type { Machine } from '../centre/machine.ts';
import { lookAt, readSupervisorState } from '../centre/readiness.ts';
import type { LabInstance } from '../instance.ts';
import { HOME_CENTRE, TENANT_PODS } from '../tenants/sample-tenants.ts';
import { hasTenants, tenantStatus, type TenantStatus } from '../tenants/tenant-status.ts';
import { findWriter } from '../writer/writer-process.ts';
import { type LinkSettings, linkKey, readLinkSettings, settingsOf } from '../network/link-settings.ts';

/** How one centre is. */
export interface CentreStatus {
  readonly name: string;
  /** `off`, `starting`, or `ready`. */
  readonly state: 'off' | 'starting' | 'ready';
  /** The last milestone of its start that it has reached since the power came on. */
  readonly reached?: string;
  readonly poweredOnAt?: string;
  readonly apiServer: string;
  readonly context: string;
  readonly podCidr: string;
  /** Working set of all its processes and pods, in bytes. */
  readonly memoryBytes?: number;
  /** Components that are not running, or had to be started again. */
  readonly troubles: readonly string[];
}

/** How one link is. */
export interface LinkStatus extends LinkSettings {
  /** `production/remote-dr` */
  readonly link: string;
  /** The first of its two centres that has no power, if there is one: nothing passes then either. */
  readonly withoutPower?: string;
}

/** How an instance is, as `lab status -o json` prints it. */
export interface LabStatus {
  readonly instance: string;
  readonly kubeconfig: string;
  readonly centres: readonly CentreStatus[];
  readonly links: readonly LinkStatus[];
  /** The sample tenants; none, where they were never applied. */
  readonly tenants: readonly TenantStatus[];
  /** Whether their writers run. */
  readonly writing: boolean;
}

/** Looks at every centre, link and tenant of an instance. */
export async function status(instance: LabInstance, machines: readonly Machine[]): Promise<LabStatus> {
  const settings = await readLinkSettings(instance);
  const centres = await Promise.all(machines.map(centreStatus));
  const off = centres.filter((centre) => centre.state === 'off').map((centre) => centre.name);
  const links = instance.centres.flatMap((a, index) =>
    instance.centres.slice(index + 1).map((b): LinkStatus => {
      const withoutPower = off.find((name) => name === a.name || name === b.name);
      return {
        link: linkKey(a, b),
        ...settingsOf(settings, a, b),
        ...(withoutPower === undefined ? {} : { withoutPower }),
      };
    }),
  );
  const home = machines.find(({ centre }) => centre.name === HOME_CENTRE);
  return {
    instance: instance.name,
    kubeconfig: instance.kubeconfig,
    centres,
    links,
    tenants: home !== undefined && hasTenants(instance) ? await tenantStatus(home, TENANT_PODS) : [],
    writing: findWriter(instance.name) !== undefined,
  };
}

async function centreStatus(machine: Machine): Promise<CentreStatus> {
  const { centre, paths } = machine;
  const identity = {
    name: centre.name,
    apiServer: centre.apiServer,
    context: centre.context,
    podCidr: centre.podCidr,
  };
  if (!existsSync(paths.pki)) return { ...identity, state: 'off', troubles: [] };
  const api = new ApiServer(machine);
  try {
    const reached = await lookAt(machine, api);
    if (reached === undefined) return { ...identity, state: 'off', troubles: [] };
    const supervisor = await readSupervisorState(machine);
    const memoryBytes = await workingSet(centre.namespace);
    return {
      ...identity,
      state: reached === 'cluster DNS' ? 'ready' : 'starting',
      reached,
      ...(supervisor === undefined ? {} : { poweredOnAt: supervisor.poweredOnAt }),
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      troubles: (supervisor?.components ?? [])
        .filter(({ running, starts }) => !running || starts > 1)
        .map(({ name, running, starts, lastEnd }) =>
          running
            ? `${name} was started ${starts} times`
            : `${name} is not running (${lastEnd ?? 'never ran'})`,
        ),
    };
  } finally {
    api.close();
  }
}
