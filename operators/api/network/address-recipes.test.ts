import { testRecipes } from './testing/recipe.ts';

// Blocks of addresses: networks outside, and pods by their addresses.
testRecipes([
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
]);
