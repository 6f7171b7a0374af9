import { describe, expect, test } from 'vitest';

import { ask, NODE_ADDRESS, sampleCluster } from './testing/sample-cluster.ts';

/** A policy set as people write it, with connections that must pass and connections that must not. */
interface Recipe {
  readonly title: string;
  readonly policies: string;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** The well-known recipes: default deny, who may come in, who may go out, on which ports. */
const recipes: readonly Recipe[] = [
  {
    title: 'deny all traffic to an application',
    policies: `
      metadata: { name: web-deny-all }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [] }`,
    allowed: [
      'default/web -> default/api TCP/80',
      'default/bare -> prod/web TCP/80',
      'default/web -> 8.8.8.8 UDP/53',
    ],
    denied: [
      'default/api -> default/web TCP/80',
      'prod/web -> default/web TCP/80',
      '8.8.8.8 -> default/web TCP/80',
    ],
  },
  {
    title: 'limit traffic to an application to some pods of its namespace',
    policies: `
      metadata: { name: api-allow }
      spec:
        podSelector: { matchLabels: { app: bookstore, role: api } }
        ingress: [{ from: [{ podSelector: { matchLabels: { app: bookstore } } }] }]`,
    allowed: ['default/front -> default/api TCP/80', 'default/bare -> default/front TCP/80'],
    denied: ['default/bare -> default/api TCP/80', 'prod/web -> default/api TCP/80'],
  },
  {
    title: 'allow all to an application beside a default deny',
    policies: `
      metadata: { name: default-deny }
      spec: { podSelector: {}, policyTypes: [Ingress] }
---
      metadata: { name: web-allow-all }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [{}] }`,
    allowed: [
      'default/api -> default/web TCP/1',
      'prod/web -> default/web UDP/65535',
      '8.8.8.8 -> default/web SCTP/7',
    ],
    denied: ['default/web -> default/api TCP/80', '8.8.8.8 -> default/bare TCP/80'],
  },
  {
    title: 'deny traffic from other namespaces',
    policies: `
      metadata: { name: deny-from-other-namespaces }
      spec: { ingress: [{ from: [{ podSelector: {} }] }] }`,
    allowed: ['default/bare -> default/web TCP/80', 'default/web -> prod/web TCP/80'],
    denied: ['prod/web -> default/web TCP/80', '8.8.8.8 -> default/web TCP/80'],
  },
  {
    title: 'allow traffic from all namespaces, which leaves out what is no pod',
    policies: `
      metadata: { name: web-allow-all-namespaces }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress: [{ from: [{ namespaceSelector: {} }] }]`,
    allowed: ['prod/monitor -> default/web TCP/80', 'default/bare -> default/web TCP/80'],
    denied: ['8.8.8.8 -> default/web TCP/80'],
  },
  {
    title: 'allow traffic from a namespace by its label',
    policies: `
      metadata: { name: web-allow-prod }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: production } } }] }]`,
    allowed: ['prod/web -> default/web TCP/80', 'prod/monitor -> default/web TCP/80'],
    denied: ['dev/web -> default/web TCP/80', 'default/api -> default/web TCP/80'],
  },
  {
    title: 'allow traffic from a namespace by the name that the API server labels it with',
    policies: `
      metadata: { name: web-allow-prod }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: dev } } }] }]`,
    allowed: ['dev/web -> default/web TCP/80'],
    denied: ['prod/web -> default/web TCP/80'],
  },
  {
    title: 'allow some pods of some namespaces: both selectors in one peer',
    policies: `
      metadata: { name: web-allow-monitoring-of-prod }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress:
          - from:
              - namespaceSelector: { matchLabels: { purpose: production } }
                podSelector: { matchLabels: { type: monitoring } }`,
    allowed: ['prod/monitor -> default/web TCP/80'],
    denied: [
      'prod/web -> default/web TCP/80',
      'dev/monitor -> default/web TCP/80',
      'default/bare -> default/web TCP/80',
    ],
  },
  {
    title: 'the same selectors in two peers: either is enough, and the pod selector means the own namespace',
    policies: `
      metadata: { name: web-allow-prod-or-bookstore }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress:
          - from:
              - namespaceSelector: { matchLabels: { purpose: production } }
              - podSelector: { matchLabels: { app: bookstore } }`,
    allowed: [
      'prod/monitor -> default/web TCP/80',
      'prod/web -> default/web TCP/80',
      'default/api -> default/web TCP/80',
    ],
    denied: ['dev/monitor -> default/web TCP/80', 'default/bare -> default/web TCP/80'],
  },
  {
    title: 'allow traffic from outside, which a rule without peers does',
    policies: `
      metadata: { name: web-allow-external }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [], ports: [{ port: 80 }] }] }`,
    allowed: ['8.8.8.8 -> default/web TCP/80', 'dev/web -> default/web TCP/80'],
    denied: ['8.8.8.8 -> default/web TCP/81', '8.8.8.8 -> default/web UDP/80'],
  },
  {
    title: 'allow only one port of an application to some pods: peers and ports must both match',
    policies: `
      metadata: { name: api-allow-5000 }
      spec:
        podSelector: { matchLabels: { role: api } }
        ingress: [{ ports: [{ port: 5000 }], from: [{ podSelector: { matchLabels: { role: front } } }] }]`,
    allowed: ['default/front -> default/api TCP/5000'],
    denied: ['default/front -> default/api TCP/8000', 'default/bare -> default/api TCP/5000'],
  },
  {
    title: 'a named port is each pod’s own port of that name',
    policies: `
      metadata: { name: web-allow-http }
      spec: { ingress: [{ ports: [{ port: http }] }] }
---
      metadata: { name: web-allow-http, namespace: prod }
      spec: { ingress: [{ ports: [{ port: http }] }] }`,
    allowed: ['default/api -> default/web TCP/8080', 'default/api -> prod/web TCP/80'],
    denied: [
      'default/api -> default/web TCP/80',
      'default/web -> default/api TCP/8080',
      'default/api -> default/web UDP/8080',
    ],
  },
  {
    title: 'a named port in an egress rule is the destination’s; what is no pod has none',
    policies: `
      metadata: { name: bare-to-http }
      spec: { policyTypes: [Egress], egress: [{ ports: [{ port: http }] }] }`,
    allowed: ['default/bare -> default/web TCP/8080', 'default/bare -> prod/web TCP/80'],
    denied: [
      'default/bare -> prod/web TCP/8080',
      'default/bare -> dev/web TCP/80',
      'default/bare -> 8.8.8.8 TCP/80',
    ],
  },
  {
    title: 'a range of ports includes both ends; a protocol without a port means all its ports',
    policies: `
      metadata: { name: web-range }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress: [{ ports: [{ port: 32000, endPort: 32768 }, { protocol: UDP }] }]`,
    allowed: [
      'default/api -> default/web TCP/32000',
      'default/api -> default/web TCP/32768',
      'default/api -> default/web UDP/1',
    ],
    denied: [
      'default/api -> default/web TCP/31999',
      'default/api -> default/web TCP/32769',
      'default/api -> default/web SCTP/32000',
    ],
  },
  {
    title: 'deny egress: the pod still accepts connections',
    policies: `
      metadata: { name: web-deny-egress }
      spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress] }`,
    allowed: ['default/api -> default/web TCP/80', '8.8.8.8 -> default/web TCP/80'],
    denied: ['default/web -> default/api TCP/80', 'default/web -> 8.8.8.8 UDP/53'],
  },
  {
    title: 'deny egress except name resolution',
    policies: `
      metadata: { name: web-deny-egress }
      spec:
        podSelector: { matchLabels: { app: web } }
        policyTypes: [Egress]
        egress: [{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }]`,
    allowed: ['default/web -> 10.96.0.10 UDP/53', 'default/web -> 10.96.0.10 TCP/53'],
    denied: ['default/web -> 10.96.0.10 UDP/54', 'default/web -> default/api TCP/80'],
  },
  {
    title: 'deny egress to the outside: pods of all namespaces only',
    policies: `
      metadata: { name: deny-external-egress }
      spec: { policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {} }] }] }`,
    allowed: ['default/web -> prod/web TCP/80', 'default/web -> default/api TCP/80'],
    denied: ['default/web -> 8.8.8.8 TCP/443'],
  },
  {
    title: 'a block of addresses without its exceptions',
    policies: `
      metadata: { name: web-allow-block }
      spec:
        podSelector: { matchLabels: { app: web } }
        policyTypes: [Ingress]
        ingress: [{ from: [{ ipBlock: { cidr: 172.17.0.0/16, except: [172.17.1.0/24, 172.17.2.9/32] } }] }]`,
    allowed: [
      '172.17.0.1 -> default/web TCP/80',
      '172.17.2.8 -> default/web TCP/80',
      '172.17.255.255 -> default/web TCP/80',
    ],
    denied: [
      '172.17.1.1 -> default/web TCP/80',
      '172.17.2.9 -> default/web TCP/80',
      '172.18.0.1 -> default/web TCP/80',
    ],
  },
  {
    title: 'an exception of one block does not take away what another peer gives',
    policies: `
      metadata: { name: web-allow-blocks }
      spec:
        podSelector: { matchLabels: { app: web } }
        ingress:
          - from:
              - ipBlock: { cidr: 172.17.0.0/16, except: [172.17.1.0/24] }
              - ipBlock: { cidr: 172.17.1.7/32 }`,
    allowed: ['172.17.1.7 -> default/web TCP/80'],
    denied: ['172.17.1.8 -> default/web TCP/80'],
  },
  {
    title: 'a block covers the pods whose addresses lie in it',
    policies: `
      metadata: { name: web-allow-prod-network }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.1.0/24 } }] }] }`,
    allowed: ['prod/web -> default/web TCP/80', '10.0.1.200 -> default/web TCP/80'],
    denied: ['dev/web -> default/web TCP/80'],
  },
  {
    title: 'an IPv6 block covers IPv6 only, and IPv4 no IPv6',
    policies: `
      metadata: { name: web-allow-v6 }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }] }
---
      metadata: { name: bare-allow-v4 }
      spec: { podSelector: { matchExpressions: [{ key: app, operator: DoesNotExist }] }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }`,
    allowed: ['2001:db8::7 -> default/web TCP/80', '8.8.8.8 -> default/bare TCP/80'],
    denied: [
      '2001:db9::7 -> default/web TCP/80',
      '32.1.13.184 -> default/web TCP/80',
      '2001:db8::7 -> default/bare TCP/80',
    ],
  },
  {
    title: 'selection by expressions',
    policies: `
      metadata: { name: by-expressions }
      spec:
        podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, bookstore] }, { key: role, operator: NotIn, values: [api] }] }
        ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: role, operator: Exists }] } }] }]`,
    allowed: [
      'default/api -> default/web TCP/80',
      'default/bare -> default/api TCP/80',
      'default/api -> default/front TCP/80',
    ],
    denied: ['default/bare -> default/web TCP/80', 'default/web -> default/front TCP/80'],
  },
  {
    title: 'both sides must agree',
    policies: `
      metadata: { name: prod-accepts-default, namespace: prod }
      spec: { ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } } }] }] }
---
      metadata: { name: web-opens-nothing }
      spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress] }`,
    allowed: ['default/api -> prod/web TCP/80'],
    denied: ['default/web -> prod/web TCP/80', 'dev/web -> prod/web TCP/80'],
  },
  {
    title: 'policies of one pod add up',
    policies: `
      metadata: { name: from-api }
      spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { role: api } } }] }] }
---
      metadata: { name: from-front }
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { role: front } } }] }] }`,
    allowed: [
      'default/api -> default/web TCP/80',
      'default/front -> default/web TCP/80',
      'default/front -> default/bare TCP/80',
    ],
    denied: ['default/api -> default/bare TCP/80', 'default/bare -> default/web TCP/80'],
  },
  {
    title: 'a pod reaches itself, and its own node both ways, whatever the policies',
    policies: `
      metadata: { name: nothing-at-all }
      spec: { policyTypes: [Ingress, Egress] }`,
    allowed: [
      'default/web -> default/web TCP/80',
      `default/web -> ${NODE_ADDRESS} TCP/6443`,
      `${NODE_ADDRESS} -> default/web TCP/80`,
      'prod/web -> dev/web TCP/80',
    ],
    denied: [
      'default/web -> default/api TCP/80',
      '192.168.7.2 -> default/web TCP/80',
      'default/web -> 192.168.7.2 TCP/80',
    ],
  },
];

describe.each(recipes)('$title', ({ policies, allowed, denied }) => {
  const cluster = sampleCluster(policies);
  test.each(allowed)('%s passes', (question) => {
    expect(ask(cluster, question)).toMatchObject({ allowed: true });
  });
  test.each(denied)('%s is refused', (question) => {
    expect(ask(cluster, question)).toMatchObject({ allowed: false });
  });
});
