import { testRecipes } from './testing/recipe.ts';

// Who may come in: default deny, and selections of pods and namespaces.
testRecipes([
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
]);
