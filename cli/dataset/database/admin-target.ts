import type { Dataset } from '../../../operators/api/index.ts';
import type { SourceTarget } from '../../../operators/sources/index.ts';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { PlacedDataset } from '../find-dataset.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import type { CentreSecrets } from '../secrets/centre-secrets.ts';
import { readText } from '../site-authority.ts';

/** The database in which everything is prepared. */
const DATABASE = 'postgres';

/** A PostgreSQL dataset, and the centres that play a part for it now. */
export interface PlacedDatabase extends PlacedDataset {
  readonly postgres: NonNullable<Dataset['spec']['postgres']>;
}

/**
 * Where the person enters who prepares a database. Never with a password that was typed as an argument: those stand in the
 * list of processes and in the history of the shell.
 * @throws CliError
 */
export async function adminTarget(
  options: PrepareOptions,
  { postgres: { endpoint }, placement: { home } }: PlacedDatabase,
  homeSecrets: CentreSecrets,
  say: Say,
): Promise<SourceTarget> {
  const stated = options.adminUri === undefined ? undefined : readUri(options.adminUri, say);
  const listed = endpoint.everywhere ?? endpoint.perCentre?.find(({ centre }) => centre === home);
  const host = stated?.host ?? listed?.host;
  const port = stated?.port ?? listed?.port;
  if (host === undefined || port === undefined)
    throw new CliError('ZB-CLI-015', say('noAddress', { centre: home }));
  const secret =
    options.adminSecret === undefined ? undefined : await readSecret(options.adminSecret, homeSecrets, say);
  const ca = options.serverCa ?? options.caCertificate;
  return {
    host,
    port,
    database: DATABASE,
    user: stated?.user ?? secret?.username ?? 'postgres',
    ...(secret === undefined ? { passwordOfShell: true } : { password: secret.password }),
    authority: ca === undefined ? undefined : await readText(ca, say),
    applicationName: 'zaibei-prepare',
  };
}

function readUri(text: string, say: Say): { host?: string; port?: number; user?: string } {
  const uri = URL.canParse(text) ? new URL(text) : undefined;
  // The text is not quoted: what is wrong with it may be a password in it.
  if (uri === undefined || !/^postgres(ql)?:$/.test(uri.protocol))
    throw new CliError('ZB-CLI-015', say('badAdminUri'));
  if (uri.password !== '' || uri.searchParams.has('password'))
    throw new CliError('ZB-CLI-015', say('passwordInUri'));
  return {
    ...(uri.hostname !== '' && { host: uri.hostname }),
    ...(uri.hostname !== '' && { port: uri.port === '' ? 5432 : Number(uri.port) }),
    ...(uri.username !== '' && { user: decodeURIComponent(uri.username) }),
  };
}

async function readSecret(
  key: string,
  secrets: CentreSecrets,
  say: Say,
): Promise<{ readonly username: string | undefined; readonly password: string }> {
  const [namespace = '', name = ''] = key.split('/');
  const found = await secrets.read({ namespace, name });
  const password = found.state === 'present' ? found.values['password'] : undefined;
  if (found.state !== 'present' || password === undefined)
    throw new CliError('ZB-CLI-015', say('noAdminSecret', { secret: key }));
  return { username: found.values['username'], password };
}
