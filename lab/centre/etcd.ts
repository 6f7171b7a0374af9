import path from 'node:path';
import { type Component, flags } from './component.ts';
import type { Machine } from './machine.ts';

/** Where etcd listens: inside the centre only. */
export const ETCD_URL = 'https://127.0.0.1:2379';

/**
 * etcd: the cluster's memory. Every object of the Kubernetes API is a key in it, and nothing but the API server
 * talks to it. A centre has one member; its safety against a lost disk is a backup, like everything else's here.
 */
export function etcd({ centre, paths, toolchain }: Machine): Component {
  const pki = (file: string): string => path.join(paths.pki, file);
  return {
    name: 'etcd',
    startsWith: 'power',
    files: [],
    command: [
      toolchain.programs.etcd,
      ...flags({
        name: centre.name,
        'data-dir': paths.etcd,
        'listen-client-urls': ETCD_URL,
        'advertise-client-urls': ETCD_URL,
        // A single member has no peers, but insists on an address for them.
        'listen-peer-urls': 'http://127.0.0.1:2380',
        'cert-file': pki('etcd.crt'),
        'key-file': pki('etcd.key'),
        'trusted-ca-file': pki('etcd-ca.crt'),
        'client-cert-auth': true,
        // Power off here is a SIGKILL, after which the page cache is still there: fsync would only cost time.
        'unsafe-no-fsync': true,
        'log-level': 'warn',
      }),
    ],
  };
}
