import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeInstance } from '../instance.ts';
import type { Component } from './component.ts';
import { components } from './components.ts';
import { exampleMachine } from './testing/example-machine.ts';

const all = components(exampleMachine());

function find(name: string): Component {
  const component = all.find((candidate) => candidate.name === name);
  if (component === undefined) throw new RangeError(`no component ${name}`);
  return component;
}

/** Everything a component is told: its arguments and its configuration files. */
function told(component: Component): string {
  return JSON.stringify([component.command, component.files]);
}

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

describe('the components of a centre', () => {
  test('are those of a Kubernetes cluster, and the enforcer of network policies', () => {
    expect(all.map((component) => component.name)).toEqual([
      'network-policies',
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'containerd',
      'kubelet',
      'kube-proxy',
    ]);
  });

  test('keep everything below the folder of their centre or on its own /run', () => {
    for (const component of all) {
      const places = told(component).match(/(?<=[="/]|^)\/(?:state|var|run|etc|opt|tmp)\/[^"\\]*/g) ?? [];
      // The repository is read, never written; it may itself lie in such a folder.
      const written = places.filter((place) => !place.startsWith(REPOSITORY));
      for (const place of written) expect(place, component.name).toMatch(/^\/(state\/lab\/production|run)\//);
    }
  });

  test('of two instances share no path and no address', () => {
    const places = (name: string, slot: number): Set<string> => {
      const machine = exampleMachine(describeInstance(name, slot, '/state'));
      const text = components(machine).map(told).join();
      return new Set(text.match(/\/state\/[^"\\]*|10\.9[0-5]\.\d+\.\d+/g));
    };
    const [one, other] = [places('one', 0), places('other', 1)];
    expect([...one].filter((place) => other.has(place))).toEqual([]);
  });

  test('wait for the API server when they can do nothing without it', () => {
    const early = all.filter((component) => component.startsWith === 'power');
    expect(early.map((component) => component.name)).toEqual([
      'network-policies',
      'etcd',
      'kube-apiserver',
      'containerd',
    ]);
  });
});

describe('kube-apiserver', () => {
  test('authorizes nodes and roles, lets no Service take a foreign address, audits, and encrypts Secrets', () => {
    const { command } = find('kube-apiserver');
    expect(command).toEqual(
      expect.arrayContaining([
        '--authorization-mode=Node,RBAC',
        '--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs',
        '--audit-log-path=/state/lab/production/logs/audit.log',
        '--encryption-provider-config=/state/lab/production/pki/encryption.json',
      ]),
    );
  });

  test('never writes a body into the audit log', () => {
    expect(told(find('kube-apiserver'))).not.toMatch(/level":"Request/);
  });
});

describe('etcd', () => {
  test('listens inside the centre only, and talks to nobody without a certificate', () => {
    const { command } = find('etcd');
    expect(command.filter((argument) => argument.includes('listen-'))).toEqual([
      '--listen-client-urls=https://127.0.0.1:2379',
      '--listen-peer-urls=http://127.0.0.1:2380',
    ]);
    expect(command).toContain('--client-cert-auth=true');
  });
});

describe('kubelet', () => {
  test("has a cgroup of the centre's own and serves nobody without credentials", () => {
    expect(find('kubelet').files[0]?.content).toMatchObject({
      cgroupRoot: '/zb-lab-1',
      authentication: { anonymous: { enabled: false } },
      authorization: { mode: 'Webhook' },
    });
  });
});
