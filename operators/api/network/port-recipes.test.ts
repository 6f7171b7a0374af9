import { testRecipes } from './testing/recipe.ts';

// On which ports.
testRecipes([
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
]);
