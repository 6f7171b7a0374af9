import { testRecipes } from './testing/recipe.ts';

// Who may go out.
testRecipes([
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
]);
