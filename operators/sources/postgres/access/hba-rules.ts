import { SOURCE_SCHEMA, type DatasetName } from '../../../api/layout/source-access.ts';
import type { DatabaseRoles } from './database-roles.ts';

/** A line of `pg_hba.conf`, as `pg_hba_file_rules` shows it. */
export interface HbaRule {
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** Network with its mask (`10.1.0.0/255.255.0.0`), `all`, or null for a local one. */
  readonly address: string | null;
  readonly method: string;
  readonly options: readonly string[];
}

/** The database with the schema of zaibei, which the guard connects to. */
export const GUARD_DATABASE = 'postgres';

/**
 * Who may enter from where: each role from the pod networks of all centres, by password and certificate, into what it is for;
 * and by no other line. The networks are those of all centres because the file travels with every copy.
 * @param networks pod networks, as CIDR
 */
export function hbaRules(roles: DatabaseRoles, networks: readonly string[]): HbaRule[] {
  const enter = (user: string, database: string): HbaRule[] =>
    networks.map((network) => ({
      type: 'hostssl',
      databases: [database],
      users: [user],
      address: withMask(network),
      method: 'scram-sha-256',
      options: ['clientcert=verify-full'],
    }));
  const users = Object.values(roles);
  const rest = { databases: ['all', 'replication'], users, method: 'reject', options: [] };
  return [
    ...enter(roles.guard, GUARD_DATABASE),
    ...enter(roles.replicate, 'replication'),
    ...enter(roles.verify, 'all'),
    { ...rest, type: 'host', address: 'all' },
    { ...rest, type: 'local', address: null },
  ];
}

/** Whether the rules of a server let these roles in as wanted: for each, ours are the first that could concern it. */
export function hbaHolds(present: readonly HbaRule[], wanted: readonly HbaRule[]): boolean {
  const roles = new Set(wanted.flatMap(({ users }) => users));
  return [...roles].every((role) => {
    const concern = (rules: readonly HbaRule[]): string[] =>
      rules.filter((rule) => concerns(rule, role)).map((rule) => textOf(rule));
    const ours = concern(wanted);
    return JSON.stringify(concern(present).slice(0, ours.length)) === JSON.stringify(ours);
  });
}

/** The rules as lines between two marks. */
export function hbaBlock(dataset: DatasetName, rules: readonly HbaRule[]): string {
  const { begin, end } = marks(dataset);
  const lines = rules.map(({ type, databases, users, address, method, options }) =>
    [
      type,
      databases.join(','),
      users.map((user) => `"${user}"`).join(','),
      ...(address === null ? [] : [withPrefix(address)]),
      method,
      ...options,
    ].join(' '),
  );
  return [begin, ...lines, end, ''].join('\n');
}

/** A file with the block first, since the first line that fits decides; blocks that stood in it are gone. */
export function withHbaBlock(file: string, dataset: DatasetName, block: string): string {
  return block + withoutHbaBlock(file, dataset);
}

/** A file without the block of a dataset; all else is as it was. */
export function withoutHbaBlock(file: string, dataset: DatasetName): string {
  const { begin, end } = marks(dataset);
  const kept: string[] = [];
  let within = false;
  for (const line of file.split('\n')) {
    if (line === begin) within = true;
    if (!within) kept.push(line);
    if (line === end) within = false;
  }
  return kept.join('\n');
}

function marks({ namespace, name }: DatasetName): { readonly begin: string; readonly end: string } {
  const of = `# ${SOURCE_SCHEMA} ${namespace}/${name}:`;
  return { begin: `${of} by "npx zaibei dataset prepare", which writes it anew`, end: `${of} end` };
}

function concerns({ users }: HbaRule, role: string): boolean {
  // Membership of a group (+group) and patterns (/…) are not looked into: they might.
  return users.some((user) => user === role || user === 'all' || /^[+/]/.test(user));
}

function textOf({ type, databases, users, address, method, options }: HbaRule): string {
  return JSON.stringify([
    type,
    [...databases].sort(),
    [...users].sort(),
    address,
    method,
    [...options].sort(),
  ]);
}

function withMask(network: string): string {
  const [address = '', prefix = '32'] = network.split('/');
  const bits = Number(prefix);
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  return `${address}/${[24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.')}`;
}

function withPrefix(address: string): string {
  const [network = '', mask] = address.split('/');
  if (mask === undefined) return network;
  const bits = mask
    .split('.')
    .reduce((sum, part) => sum + Number(part).toString(2).replaceAll('0', '').length, 0);
  return `${network}/${bits}`;
}
