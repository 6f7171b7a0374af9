import { testRecipes } from './testing/recipe.ts';
import { NODE_ADDRESS } from './testing/sample-cluster.ts';

// Several policies together, and what no policy takes away.
testRecipes([
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
]);
