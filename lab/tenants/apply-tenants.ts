import type { Machine } from '../centre/machine.ts';
import { CommandFailedError, LabError } from '../errors.ts';
import { kubectl } from '../kubectl.ts';
import { labCommand } from '../lab-command.ts';
import type { Progress } from '../progress.ts';
import type { SampleTenant } from './sample-tenant.ts';

/** Seconds that a tenant has to come up in; a new one takes a tenth of it. */
const DEADLINE_SECONDS = 180;

/** A tenant was applied, and did not come up. */
export class TenantDeadlineError extends LabError {
  readonly code = 'ZB-LAB-021';
  constructor(instance: string, centre: string, { name, workload }: SampleTenant, said: string) {
    super(
      `${centre}: ${workload} of tenant ${name} did not come up within ${DEADLINE_SECONDS} s: ${said.trim()}\n` +
        `Look at: ${labCommand(instance, `kubectl ${centre} -n ${name} describe pods`)}`,
    );
  }
}

/**
 * Applies the tenants in a centre as their departments would, and waits until they are up. Doing it again changes nothing.
 * @throws TenantDeadlineError; CommandFailedError when the site has not been deployed, so that there is no namespace
 */
export async function applyTenants(
  machine: Machine,
  tenants: readonly SampleTenant[],
  progress: Progress,
): Promise<void> {
  await Promise.all(
    tenants.map(async (tenant) => {
      const list = { apiVersion: 'v1', kind: 'List', items: tenant.objects };
      const apply = ['apply', '--server-side', '--force-conflicts', '--field-manager=department'];
      await kubectl(machine, [...apply, '--filename=-'], { input: JSON.stringify(list) });
      await awaitTenant(machine, tenant);
      progress.say(machine.centre.name, `tenant ${tenant.name} is up`);
    }),
  );
}

async function awaitTenant(machine: Machine, tenant: SampleTenant): Promise<void> {
  const wait = ['rollout', 'status', tenant.workload, `--timeout=${DEADLINE_SECONDS}s`];
  try {
    await kubectl(machine, [`--namespace=${tenant.name}`, ...wait], {
      timeout: (DEADLINE_SECONDS + 10) * 1000,
    });
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    throw new TenantDeadlineError(machine.instance.name, machine.centre.name, tenant, error.stderr);
  }
}
