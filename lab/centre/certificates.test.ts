import { describe, expect, test } from 'vitest';
import { certificateConfig } from '../authority/openssl.ts';
import { describeInstance } from '../instance.ts';
import { certificateRequests } from './certificates.ts';
import { exampleMachine } from './testing/example-machine.ts';

const requests = certificateRequests(exampleMachine());
const find = (name: string) => requests.find((request) => request.name === name);

describe('certificates of a centre', () => {
  test('name the API server by every name and address that clients use', () => {
    expect(find('kube-apiserver')?.names).toEqual(
      expect.arrayContaining(['DNS:kubernetes.default.svc', 'IP:10.96.0.1', 'IP:127.0.0.1', 'IP:10.90.0.1']),
    );
  });

  test('make the kubelet the user that may touch its own node only', () => {
    expect(find('kubelet')).toMatchObject({
      commonName: 'system:node:production',
      organization: 'system:nodes',
    });
  });

  test('give full rights to nobody but the administrator, the lab, and the API server towards kubelets', () => {
    const masters = requests.filter((request) => request.organization === 'system:masters');
    expect(masters.map((request) => request.name).sort()).toEqual([
      'admin',
      'kube-apiserver-kubelet-client',
      'lab',
    ]);
  });

  test('keep etcd to itself: its authority signs the API server and etcd, no one else', () => {
    const etcd = requests.filter((request) => request.authority === 'etcd-ca');
    expect(etcd.map((request) => request.name).sort()).toEqual(['etcd', 'kube-apiserver-etcd-client']);
  });

  test('let clients be clients only', () => {
    for (const request of requests.filter(({ names }) => names === undefined)) {
      expect(certificateConfig(request)).toContain('extendedKeyUsage = clientAuth\n');
      expect(certificateConfig(request)).toContain('CA:FALSE');
    }
  });
});

describe('two centres', () => {
  test('have servers of different names', () => {
    const other = exampleMachine(describeInstance('lab', 0, '/state'), 'remote-dr');
    expect(certificateRequests(other)[0]?.names).toContain('IP:10.90.0.3');
    expect(certificateRequests(other)[0]?.names).not.toContain('IP:10.90.0.1');
  });
});
