import { z } from 'zod';
import type { DeployedSite } from './deployed-site.ts';

const sessionSchema = z.object({
  application: z.string(),
  pid: z.int(),
  since: z.string(),
  /** Serial number of the certificate by which it was opened; null: by none. */
  serial: z.string().nullable(),
});

/** A connection to the population library, as its server knows it. */
export type DatabaseSession = z.infer<typeof sessionSchema>;

/** Names under which the writer of the lab and the guard connect. */
export const WRITER = 'lab writer';
export const GUARD = 'zaibei-guard';

const SESSIONS = `SELECT coalesce(json_agg(session ORDER BY pid), '[]') FROM (
  SELECT application_name AS application, pid, backend_start AS since, client_serial::text AS serial
  FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
) AS session WHERE application = `;

/** The connections to the population library that have this name. */
export async function sessionsOf(
  site: DeployedSite,
  application: string,
): Promise<readonly DatabaseSession[]> {
  return z.array(sessionSchema).parse(JSON.parse(await ask(site, `${SESSIONS}'${application}'`)));
}

/** Ends those of them that are of another certificate, as its administrator. */
export async function endSessions(site: DeployedSite, application: string, besides: string): Promise<void> {
  const others = `application_name = '${application}' AND client_serial::text IS DISTINCT FROM '${besides}'`;
  await ask(
    site,
    `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE ${others}`,
  );
}

/** Serial number of a certificate as the server tells it: decimal. @param hexadecimal as Node tells it */
export function decimalSerial(hexadecimal: string): string {
  return BigInt(`0x${hexadecimal}`).toString();
}

/** Asks one question as the administrator, within the pod, where the password is. */
function ask(site: DeployedSite, question: string): Promise<string> {
  const psql =
    '/usr/lib/postgresql/15/bin/psql --host=/tmp --username=postgres --no-psqlrc --tuples-only --no-align';
  const shell = `PGPASSWORD=$(cat /passwords/admin) ${psql}`;
  return site.kubectl(
    'production',
    `--namespace=population exec --stdin population-db-0 -- bash -c '${shell}'`,
    question,
  );
}
