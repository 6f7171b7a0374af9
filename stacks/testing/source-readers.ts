import {
  accessIdentity,
  certificateSecretName,
  passwordSecretName,
} from '../../operators/api/layout/source-access.ts';
import type { Reading } from './reader-pod.ts';
import { STRANGERS } from './source-strangers.ts';

/** Ports of the sources at the node of their home, as in the catalogue of the lab. */
export const SOURCE_PORTS = { database: 30_432, exporter: 30_434 } as const;

const POPULATION = { namespace: 'population', name: 'population' };
const LICENCES = { namespace: 'licences', name: 'licences' };
const [PASSWORD, VERIFY] = [
  passwordSecretName('verify', POPULATION.name),
  certificateSecretName('verify', POPULATION.name),
];
const PULL = certificateSecretName('pull', LICENCES.name);

/** What is tried with which certificate: a line of a script each, in the form of one of the functions below. */
function tries(own: string): string {
  return ['none ""', ...STRANGERS.map((name) => `${name} ${name}`), `own ${own}`]
    .map((words) => `try ${words}`)
    .join('\n');
}

/** A pod is let through a moment after it began. */
const AWAIT = `until (exec 3<>"/dev/tcp/$host/$port") 2> /dev/null; do sleep 0.2; done`;

const ASK_DATABASE = `
try() {
  identity=; [ -z "$2" ] || identity="sslcert=/keys/$2/tls.crt sslkey=/keys/$2/tls.key"
  server="host=$host port=$port sslmode=verify-full sslrootcert=/keys/${VERIFY}/ca.crt connect_timeout=10"
  answer=$(PGPASSWORD="$password" /usr/lib/postgresql/15/bin/psql "$server dbname=population user=$user $identity" \
    --no-align --tuples-only --command='SELECT count(*) FROM entry' 2>&1)
  echo "$1: "$answer
}
user=$(cat /keys/${PASSWORD}/username) password=$(cat /keys/${PASSWORD}/password)
${AWAIT}
${tries(VERIFY)}
password=wrong
try wrong-password ${VERIFY}
`;

const FETCH_FILES = `
try() {
  rm -rf /tmp/copy
  {
    printf '%s\\n' 'client = yes' 'foreground = quiet' 'pid =' 'syslog = no' 'output = /dev/null'
    printf '%s\\n' "connect = $host:$port" 'CAfile = /keys/${PULL}/ca.crt' 'verifyChain = yes'
    printf '%s\\n' 'checkHost = ${accessIdentity('export', LICENCES)}'
    [ -z "$2" ] || printf '%s\\n' "cert = /keys/$2/tls.crt" "key = /keys/$2/tls.key"
  } > /tmp/client.conf
  RSYNC_CONNECT_PROG='stunnel4 /tmp/client.conf' rsync -a --fake-super rsync://exporter/files/ /tmp/copy/ > /tmp/said 2>&1
  echo "$1: exit $?, $(find /tmp/copy -type f 2> /dev/null | wc -l) files"
}
${AWAIT}
${tries(PULL)}
`;

/** Counts what the writer has written into the population library, with the certificates that there are. @param host node of its home */
export function databaseReading(centre: string, host: string): Reading {
  return {
    centre,
    dataset: POPULATION.name,
    image: 'zaibei/postgres:1',
    secrets: [PASSWORD, VERIFY, ...STRANGERS],
    script: `host=${host} port=${SOURCE_PORTS.database}\n${ASK_DATABASE}`,
  };
}

/** Fetches the licence library with the certificates that there are. @param host node of its home */
export function filesReading(centre: string, host: string): Reading {
  return {
    centre,
    dataset: LICENCES.name,
    image: 'zaibei/mover:1',
    secrets: [PULL, ...STRANGERS],
    script: `host=${host} port=${SOURCE_PORTS.exporter}\n${FETCH_FILES}`,
  };
}

/** What each try of a reading has printed, by its name. */
export function answersIn(printed: string): Readonly<Record<string, string>> {
  const lines = printed.split('\n').filter((line) => line.includes(': '));
  return Object.fromEntries(
    lines.map((line) => [line.split(': ', 1)[0] ?? '', line.replace(/^[^:]*: /, '')]),
  );
}
