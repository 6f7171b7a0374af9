import {
  accessIdentity,
  certificateSecretName,
  passwordSecretName,
} from '../../operators/api/layout/source-access.ts';
import type { DeployedSite } from './deployed-site.ts';
import { readAt } from './reader-pod.ts';

/** Ports of the sources at the node of their home, as in the catalogue of the lab. */
export const SOURCE_PORTS = { database: 30_432, exporter: 30_434 } as const;

/** The dataset that is a database, and the one that is files, in the lab. */
export const POPULATION = { namespace: 'population', name: 'population' } as const;
export const LICENCES = { namespace: 'licences', name: 'licences' } as const;

/** Names of the Secrets with which the database is verified. */
export const VERIFY = {
  certificate: certificateSecretName('verify', POPULATION.name),
  password: passwordSecretName('verify', POPULATION.name),
} as const;

/** Name of the Secret with which the files are fetched. */
export const PULL = { certificate: certificateSecretName('pull', LICENCES.name) } as const;

/** Where a reader is, and the node of the home of what it reads. */
export interface Reader {
  readonly centre: string;
  readonly host: string;
}

/** By what somebody tries to get in, each the name of a Secret of the copies namespace. */
export interface Try {
  /** Without it, no certificate is shown. */
  readonly certificate?: string;
  /** Of a database; without it, the right one is taken. */
  readonly password?: string;
  /** The name of the role is typed instead of its password. */
  readonly mistyped?: true;
}

/** Tries, or what came of them, by their names. */
export type Named<T> = Readonly<Record<string, T>>;

const ASK_DATABASE = `
try() {
  identity=; [ -z "$2" ] || identity="sslcert=/keys/$2/tls.crt sslkey=/keys/$2/tls.key"
  server="host=$host port=$port sslmode=verify-full sslrootcert=/keys/$authority/ca.crt connect_timeout=10"
  answer=$(PGPASSWORD=$(cat "/keys/$3") /usr/lib/postgresql/15/bin/psql "$server dbname=population user=$role $identity" \
    --no-align --tuples-only --command='SELECT count(*) FROM entry' 2>&1)
  echo "$1: "$answer
}
until reaches $host $port; do sleep 0.2; done
`;

/** What stunnel says is the answer: rsync says the same of whoever does not answer, and of whoever refuses. */
const FETCH_FILES = `
try() {
  rm -rf /tmp/copy /tmp/said
  {
    printf '%s\\n' 'client = yes' 'foreground = quiet' 'pid =' 'syslog = no' 'debug = notice' 'output = /tmp/said'
    printf '%s\\n' "connect = $host:$port" "CAfile = /keys/$authority/ca.crt" 'verifyChain = yes'
    printf '%s\\n' 'checkHost = ${accessIdentity('export', LICENCES)}'
    [ -z "$2" ] || printf '%s\\n' "cert = /keys/$2/tls.crt" "key = /keys/$2/tls.key"
  } > /tmp/client.conf
  RSYNC_CONNECT_PROG='stunnel4 /tmp/client.conf' rsync -a --fake-super rsync://exporter/files/ /tmp/copy/ 2> /dev/null
  echo "$1: exit $?, $(find /tmp/copy -type f 2> /dev/null | wc -l) files;" $(sed -n 's/.*LOG[0-5].[0-9]*.: //p' /tmp/said)
}
await_network
`;

/** Counts what the writer has written into the population library. @returns the number, or why there is none, of each try */
export async function countRows(
  site: DeployedSite,
  { centre, host }: Reader,
  tries: Named<Try>,
): Promise<Named<string>> {
  const lines = Object.entries(tries).map(
    ([name, { certificate = '', password = VERIFY.password, mistyped }]) => {
      return `try ${name} '${certificate}' ${password}/${mistyped ? 'username' : 'password'}`;
    },
  );
  const given = {
    host,
    port: SOURCE_PORTS.database,
    role: accessIdentity('verify', POPULATION),
    authority: authorityOf(tries),
  };
  const printed = await readAt(site, {
    centre,
    dataset: POPULATION.name,
    image: 'zaibei/postgres:1',
    secrets: secretsOf(tries, VERIFY.password),
    script: [assignments(given), ASK_DATABASE, ...lines].join('\n'),
  });
  return answersIn(printed);
}

/** Fetches the licence library. @returns how rsync ended, how many files came, and what TLS said, of each try */
export async function fetchFiles(
  site: DeployedSite,
  { centre, host }: Reader,
  tries: Named<Try>,
): Promise<Named<string>> {
  const lines = Object.entries(tries).map(([name, { certificate = '' }]) => `try ${name} '${certificate}'`);
  const given = { host, port: SOURCE_PORTS.exporter, authority: authorityOf(tries) };
  const printed = await readAt(site, {
    centre,
    dataset: LICENCES.name,
    image: 'zaibei/mover:1',
    secrets: secretsOf(tries),
    script: [assignments(given), FETCH_FILES, ...lines].join('\n'),
  });
  return answersIn(printed);
}

function secretsOf(tries: Named<Try>, usual?: string): readonly string[] {
  const named = Object.values(tries).flatMap(({ certificate, password = usual }) => [certificate, password]);
  return [...new Set(named.filter((secret) => secret !== undefined))];
}

/** Any of the Secrets with a certificate: the authority of the site is in each. */
function authorityOf(tries: Named<Try>): string {
  const [authority = ''] = Object.values(tries).flatMap(({ certificate = [] }) => certificate);
  return authority;
}

function assignments(given: Named<string | number>): string {
  return Object.entries(given)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function answersIn(printed: string): Named<string> {
  const answers = [...printed.matchAll(/^([\w-]+): (.*)$/gm)];
  return Object.fromEntries(answers.map(([, name = '', answer = '']) => [name, answer]));
}
