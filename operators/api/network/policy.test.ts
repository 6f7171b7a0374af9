import { describe, expect, test } from 'vitest';

import { parsePolicy, type NetworkPolicy } from './policy.ts';

const spec = (fields: NetworkPolicy['spec']): NetworkPolicy => ({
  metadata: { namespace: 'a', name: 'p' },
  ...(fields && { spec: fields }),
});

describe('policyTypes', () => {
  const rule = [{}];
  test.each([
    ['missing: Ingress', spec({}), ['ingress']],
    ['missing, with ingress rules: Ingress', spec({ ingress: rule }), ['ingress']],
    ['missing, with egress rules: both', spec({ egress: rule }), ['egress', 'ingress']],
    ['missing, with an empty list of egress rules: Ingress', spec({ egress: [] }), ['ingress']],
    ['empty counts as missing', spec({ policyTypes: [], egress: rule }), ['egress', 'ingress']],
    [
      'Egress alone, with ingress rules that then mean nothing',
      spec({ policyTypes: ['Egress'], ingress: rule }),
      ['egress'],
    ],
    ['both', spec({ policyTypes: ['Ingress', 'Egress'] }), ['egress', 'ingress']],
    ['no spec at all: Ingress', spec(undefined), ['ingress']],
  ])('%s', (_, policy, directions) => {
    expect(Object.keys(parsePolicy(policy).rules).sort()).toEqual(directions);
  });
});

test('the list of sources is read under its wire name and under that of the client’s models', () => {
  const peers = [{ podSelector: { matchLabels: { app: 'web' } } }];
  const wire = parsePolicy(spec({ ingress: [{ from: peers }] }));
  expect(wire.rules.ingress?.[0]?.peers).toHaveLength(1);
  expect(parsePolicy(spec({ ingress: [{ _from: peers }] }))).toEqual(wire);
});

test('the protocol is TCP unless it is stated', () => {
  const { rules } = parsePolicy(
    spec({ ingress: [{ ports: [{ port: 80 }, { port: 'dns', protocol: 'UDP' }] }] }),
  );
  expect(rules.ingress?.[0]?.ports).toEqual([
    { kind: 'range', protocol: 'TCP', first: 80, last: 80 },
    { kind: 'named', protocol: 'UDP', name: 'dns' },
  ]);
});

describe('what an API server refuses is refused, with the field', () => {
  const selector = { matchLabels: { app: 'web' } };
  test.each<[string, NetworkPolicy['spec'], string]>([
    ['an unknown direction', { policyTypes: ['Sideways'] }, 'spec.policyTypes: "Sideways"'],
    [
      'an unknown protocol',
      { ingress: [{ ports: [{ protocol: 'ICMP' }] }] },
      'spec.ingress[0].ports[0].protocol: "ICMP"',
    ],
    [
      'a range that ends before it starts',
      { egress: [{ ports: [{ port: 9, endPort: 8 }] }] },
      'spec.egress[0].ports[0]: 9 to 8',
    ],
    [
      'a range from a name',
      { ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] },
      'spec.ingress[0].ports[0].endPort',
    ],
    ['port 0', { ingress: [{ ports: [{ port: 0 }] }] }, '0 to 0 is not a range'],
    ['port 65536', { ingress: [{ ports: [{ port: 65_536 }] }] }, '65536 is not a range'],
    ['an empty peer', { ingress: [{ from: [{}] }] }, 'spec.ingress[0] peer 0: give either'],
    [
      'a block and a selector in one peer',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: selector }] }] },
      'spec.egress[0] peer 0: give either',
    ],
    [
      'an address for a block',
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.1' } }] }] },
      '"10.0.0.1" is not a block',
    ],
    [
      'a prefix beyond the family',
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] },
      '"10.0.0.0/33" is not a block',
    ],
    [
      'a bad exception',
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['ten'] } }] }] },
      'ipBlock.except: "ten"',
    ],
    [
      'an unknown operator',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } },
      'spec.podSelector.matchExpressions[0]: operator "Like"',
    ],
    [
      'In without values',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      'In needs at least one value',
    ],
    [
      'Exists with values',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
      'Exists takes no values',
    ],
  ])('%s', (_, fields, message) => {
    const reading = () => parsePolicy(spec(fields));
    expect(reading).toThrow('ZB-NPL-001 NetworkPolicy a/p: ');
    expect(reading).toThrow(message);
  });

  test('a policy without a namespace', () => {
    expect(() => parsePolicy({ metadata: { name: 'p' } })).toThrow(
      'ZB-NPL-001 NetworkPolicy ?/p: metadata.namespace',
    );
  });
});
