import { describe, expect, it } from 'vitest';
import { databaseRoles } from './database-roles.ts';
import { hbaBlock, hbaHolds, hbaRules, withHbaBlock, withoutHbaBlock, type HbaRule } from './hba-rules.ts';

const dataset = { namespace: 'population', name: 'people' };
const roles = databaseRoles(dataset);
const rules = hbaRules(roles, ['10.1.0.0/16', '10.2.0.0/20']);

const theirs = (users: string[], method = 'trust'): HbaRule => ({
  type: 'host',
  databases: ['all'],
  users,
  address: 'all',
  method,
  options: [],
});

describe('the lines of pg_hba.conf', () => {
  it('let each role in from each network by password and certificate, and by nothing else', () => {
    expect(hbaBlock(dataset, rules).split('\n').slice(1, -2)).toEqual([
      `hostssl postgres "${roles.guard}" 10.1.0.0/16 scram-sha-256 clientcert=verify-full`,
      `hostssl postgres "${roles.guard}" 10.2.0.0/20 scram-sha-256 clientcert=verify-full`,
      `hostssl replication "${roles.replicate}" 10.1.0.0/16 scram-sha-256 clientcert=verify-full`,
      `hostssl replication "${roles.replicate}" 10.2.0.0/20 scram-sha-256 clientcert=verify-full`,
      `hostssl all "${roles.verify}" 10.1.0.0/16 scram-sha-256 clientcert=verify-full`,
      `hostssl all "${roles.verify}" 10.2.0.0/20 scram-sha-256 clientcert=verify-full`,
      `host all,replication "${roles.guard}","${roles.replicate}","${roles.verify}" all reject`,
      `local all,replication "${roles.guard}","${roles.replicate}","${roles.verify}" reject`,
    ]);
  });

  it('hold behind lines of others, and not behind one that might let ours in', () => {
    expect(hbaHolds([theirs(['tenant']), ...rules, theirs(['all'])], rules)).toBe(true);
    expect(hbaHolds([theirs(['all']), ...rules], rules)).toBe(false);
    expect(hbaHolds([theirs(['+staff']), ...rules], rules)).toBe(false);
    expect(hbaHolds([theirs([roles.verify]), ...rules], rules)).toBe(false);
    expect(hbaHolds(rules.slice(1), rules)).toBe(false);
    expect(hbaHolds([], rules)).toBe(false);
  });

  it('stand first in the file once, and go without a trace', () => {
    const file = '# of the department\nhost all all all scram-sha-256\n';
    const block = hbaBlock(dataset, rules);
    const once = withHbaBlock(file, dataset, block);
    expect(once.startsWith(block)).toBe(true);
    expect(withHbaBlock(once, dataset, block)).toBe(once);
    expect(withoutHbaBlock(once, dataset)).toBe(file);
    expect(withoutHbaBlock(file, dataset)).toBe(file);
  });
});
