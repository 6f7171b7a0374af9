import type { V1PodSpec, V1Service, V1StatefulSet } from '@kubernetes/client-node';
import { certificateSecret } from '../authority/certificate-secret.ts';
import type { IssuedCertificate } from '../authority/site-authority.ts';
import { POSTGRES_IMAGE, POSTGRES_USER } from '../images/image-recipes.ts';
import type { LabInstance } from '../instance.ts';
import {
  ADMINISTRATOR,
  administratorSecretName,
  applicationRole,
  DATABASE_SETTINGS,
  databaseName,
  databasePods,
  FIRST_SQL,
  hostRules,
  type SampleDatabase,
  TLS_FOLDER,
} from './database-settings.ts';
import { DATABASE_FOLDERS, DATABASE_START } from './database-start.ts';
import type { DatabasePasswords } from './passwords.ts';
import { RESTRICTED_CONTAINER, restrictedPod, SCRATCH } from './restricted-pod.ts';
import type { SampleTenant } from './sample-tenant.ts';

/** Port of PostgreSQL in its pod. */
const PORT = 5432;

/** What a database of the lab is made with, besides what it is. */
export interface DatabaseKeys {
  readonly passwords: DatabasePasswords;
  readonly certificate: IssuedCertificate;
}

/** A tenant that is a database: a StatefulSet of PostgreSQL 15 with one pod, reached by TLS at a NodePort. */
export function databaseTenant(
  database: SampleDatabase,
  instance: LabInstance,
  { passwords, certificate }: DatabaseKeys,
): SampleTenant {
  const { tenant } = database;
  const name = databaseName(database);
  const { podLabels } = databasePods(database);
  const metadata = { namespace: tenant, name };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData: passwords };
  const administrator = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: tenant, name: administratorSecretName(database) },
    type: 'kubernetes.io/basic-auth',
    stringData: { username: ADMINISTRATOR, password: passwords.admin },
  };
  const files = {
    'start.sh': DATABASE_START,
    'settings.conf': DATABASE_SETTINGS,
    'pg_hba.conf': hostRules(database, instance),
    'first.sql': FIRST_SQL,
  };
  const service: V1Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'NodePort',
      // Local: the database sees the address of the pod that asks, also from another centre.
      externalTrafficPolicy: 'Local',
      selector: podLabels,
      ports: [{ name: 'postgres', port: PORT, targetPort: PORT, nodePort: database.nodePort }],
    },
  };
  const statefulSet: V1StatefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: podOf(database) },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  };
  return {
    ...databasePods(database),
    workload: `statefulset/${name}`,
    objects: [
      secret,
      administrator,
      certificateSecret(tenant, `${name}-tls`, certificate),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files },
      service,
      statefulSet,
    ],
  };
}

function podOf(database: SampleDatabase): V1PodSpec {
  const name = databaseName(database);
  const { volume, setup, passwords } = DATABASE_FOLDERS;
  return {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 20,
    securityContext: restrictedPod(POSTGRES_USER.uid, POSTGRES_USER.gid),
    containers: [
      {
        ...RESTRICTED_CONTAINER,
        name: 'postgres',
        image: POSTGRES_IMAGE,
        command: ['/bin/bash', `${setup}/start.sh`],
        env: [
          { name: 'DATABASE', value: database.tenant },
          { name: 'ROLE', value: applicationRole(database) },
          { name: 'ROWS', value: String(database.rows) },
        ],
        ports: [{ name: 'postgres', containerPort: PORT }],
        readinessProbe: {
          exec: { command: ['/usr/lib/postgresql/15/bin/pg_isready', '--host=/tmp', '--quiet'] },
          periodSeconds: 2,
        },
        resources: {
          requests: { cpu: '100m', memory: '256Mi' },
          limits: { cpu: '1', memory: '384Mi' },
        },
        volumeMounts: [
          { name: 'data', mountPath: volume },
          { name: 'setup', mountPath: setup, readOnly: true },
          { name: 'passwords', mountPath: passwords, readOnly: true },
          { name: 'tls', mountPath: TLS_FOLDER, readOnly: true },
          { name: SCRATCH.name, mountPath: '/tmp' },
          { name: 'memory', mountPath: '/dev/shm' },
        ],
      },
    ],
    volumes: [
      { name: 'setup', configMap: { name } },
      // PostgreSQL takes a key that belongs to root and is for its group to read.
      { name: 'passwords', secret: { secretName: name, defaultMode: 0o440 } },
      { name: 'tls', secret: { secretName: `${name}-tls`, defaultMode: 0o440 } },
      SCRATCH,
      { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '128Mi' } },
    ],
  };
}
