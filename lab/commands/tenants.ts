import type { Machine } from '../centre/machine.ts';
import { NotRootError, UsageError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { applyTenants } from '../tenants/apply-tenants.ts';
import { HOME_CENTRE, sampleTenants } from '../tenants/sample-tenants.ts';
import type { TenantSizes } from '../tenants/sample-tenant.ts';
import { startWriter } from '../writer/writer-process.ts';
import { USUAL_RATE } from '../writer/writers.ts';

/**
 * Brings the sample tenants into their centre, where the site has been deployed, and has their writers write. Doing it
 * again changes nothing but what is missing; what a tenant began with stays as it is.
 * @throws TenantDeadlineError; CommandFailedError without the site; UsageError in an instance without that centre
 */
export async function bringTenants(
  machines: readonly Machine[],
  sizes: TenantSizes,
  progress: Progress,
): Promise<void> {
  if (process.getuid?.() !== 0) throw new NotRootError();
  const home = machines.find(({ centre }) => centre.name === HOME_CENTRE);
  if (home === undefined)
    throw new UsageError(`the sample tenants run in ${HOME_CENTRE}; there is no such centre`);
  await applyTenants(home, await sampleTenants(home.instance, sizes), progress);
  if (await startWriter(home.instance, USUAL_RATE))
    progress.say(home.instance.name, `writers add ${USUAL_RATE} rows a second`);
}
