import { LAB_USER } from './certificates.ts';

/**
 * What the API server writes down about requests (行为审计): who did what to which object and when, for everything,
 * and never a body, so no Secret can end up in the log. Left out is only what is no action of anybody: probes, the
 * renewal of leases, and the lab's own looking on.
 */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/metrics'] },
    { level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] },
    { level: 'None', users: [LAB_USER], verbs: ['get', 'list', 'watch'] },
    { level: 'Metadata' },
  ],
};
