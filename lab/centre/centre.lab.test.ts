import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute } from '../execute.ts';
import { AGNHOST_IMAGE, DEBIAN_IMAGE } from '../images/image-recipes.ts';
import { namespaceFile } from '../network/namespaces.ts';
import { apply, kubectl, testLab, testMachine } from '../testing/test-lab.ts';
import { ETCD_URL } from './etcd.ts';

const { machines } = testLab();
const production = testMachine('production');
const NAMESPACE = 'lab-centre';

beforeAll(() => apply(production, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }));
afterAll(() => kubectl(production, ['delete', 'namespace', NAMESPACE]));

describe('a centre', () => {
  test('is a cluster of its own with one Ready node that has the pod network', async () => {
    for (const machine of machines) {
      const columns =
        'NAME:.metadata.name,READY:.status.conditions[?(@.type=="Ready")].status,PODS:.spec.podCIDR';
      const nodes = await kubectl(machine, [
        'get',
        'nodes',
        '--no-headers',
        `--output=custom-columns=${columns}`,
      ]);
      expect(nodes.trim().split(/\s+/)).toEqual([machine.centre.name, 'True', machine.centre.podCidr]);
    }
  });

  test('resolves the names of services for its pods', async () => {
    await apply(production, pod('resolver', { args: ['pause'] }));
    await ready('resolver');
    const found = await inPod('resolver', [
      '/agnhost',
      'connect',
      'kubernetes.default.svc.cluster.local:443',
      '--timeout=5s',
    ]);
    expect(found).toBe('');
  });

  test('encrypts Secrets before they reach etcd', async () => {
    const secret = {
      metadata: { name: 'password', namespace: NAMESPACE },
      stringData: { password: 'open-sesame' },
    };
    await apply(production, { apiVersion: 'v1', kind: 'Secret', ...secret });
    const stored = await etcdctl(['get', `/registry/secrets/${NAMESPACE}/password`, '--print-value-only']);
    expect(stored).toContain('k8s:enc:secretbox:v1:key-1:');
    expect(stored).not.toContain('open-sesame');
  });

  test('writes down who did what, and no secret', async () => {
    const value = `value-${Date.now()}`;
    await kubectl(production, [
      `--namespace=${NAMESPACE}`,
      'create',
      'secret',
      'generic',
      'audited',
      `--from-literal=key=${value}`,
    ]);
    const log = await readFile(path.join(production.paths.logs, 'audit.log'), 'utf8');
    const entry = log
      .split('\n')
      .find((line) => line.includes('"verb":"create"') && line.includes('"name":"audited"'));
    expect(entry).toContain('"username":"admin"');
    expect(log).not.toContain(value);
    expect(log).not.toContain(Buffer.from(value).toString('base64'));
  });

  test('lets root alone read its keys', async () => {
    const { pki } = production.paths;
    for (const file of [
      ...(await readdir(pki)).map((name) => path.join(pki, name)),
      production.instance.kubeconfig,
    ]) {
      if (!file.endsWith('.crt')) expect((await stat(file)).mode & 0o077, file).toBe(0);
    }
  });

  test('gives a claim that was deleted and made again its data back', async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: NAMESPACE },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    const write = 'echo kept > /data/file';
    await apply(production, claim, pod('writer', { command: ['/bin/bash', '-c', `${write} && sleep 3600`] }));
    await ready('writer');
    const volume = await volumeOfClaim();
    await kubectl(production, [`--namespace=${NAMESPACE}`, 'delete', 'pod/writer', 'pvc/data']);
    await kubectl(production, [
      'wait',
      `pv/${volume}`,
      '--for=jsonpath={.status.phase}=Available',
      '--timeout=30s',
    ]);

    // Somebody else's claim does not get it.
    await apply(
      production,
      { ...claim, metadata: { name: 'other', namespace: NAMESPACE } },
      pod('other', { command: ['sleep', '3600'], claim: 'other' }),
    );
    await ready('other');
    expect(await volumeOfClaim('other')).not.toBe(volume);

    await apply(production, claim, pod('reader', { command: ['sleep', '3600'] }));
    await ready('reader');
    expect(await volumeOfClaim()).toBe(volume);
    expect(await inPod('reader', ['cat', '/data/file'])).toBe('kept\n');
  });
});

interface PodOptions {
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly claim?: string;
}

/** A pod as a tenant of the data zone would have to write it. With a command it has a volume at /data. */
function pod(name: string, { args, command, claim = 'data' }: PodOptions): object {
  const volume = { name: 'data', persistentVolumeClaim: { claimName: claim } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'main',
          image: command === undefined ? AGNHOST_IMAGE : DEBIAN_IMAGE,
          imagePullPolicy: 'Never',
          ...(command === undefined
            ? { args }
            : { command, volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
      ...(command === undefined ? {} : { volumes: [volume] }),
    },
  };
}

async function ready(name: string): Promise<void> {
  await kubectl(production, [
    `--namespace=${NAMESPACE}`,
    'wait',
    `pod/${name}`,
    '--for=condition=Ready',
    '--timeout=60s',
  ]);
}

function inPod(name: string, command: readonly string[]): Promise<string> {
  return kubectl(production, [`--namespace=${NAMESPACE}`, 'exec', name, '--', ...command]);
}

function volumeOfClaim(name = 'data'): Promise<string> {
  return kubectl(production, [
    `--namespace=${NAMESPACE}`,
    'get',
    'pvc',
    name,
    '--output=jsonpath={.spec.volumeName}',
  ]);
}

/** Asks the centre's etcd as the API server would; nobody else may. */
function etcdctl(args: readonly string[]): Promise<string> {
  const { centre, paths, toolchain } = production;
  const pki = (name: string): string => path.join(paths.pki, name);
  return execute('nsenter', [
    `--net=${namespaceFile(centre.namespace)}`,
    toolchain.programs.etcdctl,
    `--endpoints=${ETCD_URL}`,
    `--cacert=${pki('etcd-ca.crt')}`,
    `--cert=${pki('kube-apiserver-etcd-client.crt')}`,
    `--key=${pki('kube-apiserver-etcd-client.key')}`,
    ...args,
  ]);
}
