import { SERVICE_NETWORK } from '../../operators/api/layout/service-network.ts';
import type { CertificateSubject } from '../authority/openssl.ts';
import type { Machine } from './machine.ts';

/** A certificate to issue. Whom the API server takes a client for is decided by its subject alone. */
export interface CertificateRequest extends CertificateSubject {
  /** Name of the files: `<name>.crt`, `<name>.key`. */
  readonly name: string;
  /** Which authority signs, and so who believes it. */
  readonly authority: AuthorityName;
}

/**
 * The certificate authorities of a centre. `ca`: the cluster's. `etcd-ca`: etcd's own, so that no client of the API can
 * talk to etcd. `front-proxy-ca`: of the API server where it passes a request on to an API that is not its own. Nothing
 * signed in one centre is believed in another.
 */
export const AUTHORITIES = ['ca', 'etcd-ca', 'front-proxy-ca'] as const;

export type AuthorityName = (typeof AUTHORITIES)[number];

/** User name of the lab itself at each API server. */
export const LAB_USER = 'zaibei:lab';

/** User name under which the API server passes requests on. */
export const FRONT_PROXY = 'front-proxy-client';

/** First address of the service network: what pods know as `kubernetes.default`. */
const API_SERVICE_ADDRESS = SERVICE_NETWORK.replace(/\.0\/\d+$/, '.1');

/** The certificates of a centre's control plane and node. */
export function certificateRequests({ centre }: Machine): readonly CertificateRequest[] {
  const client = (name: string, commonName: string, organization?: string): CertificateRequest => ({
    name,
    authority: 'ca',
    commonName,
    usage: ['clientAuth'],
    ...(organization === undefined ? {} : { organization }),
  });
  const dns = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'localhost'];
  const addresses = [API_SERVICE_ADDRESS, '127.0.0.1', centre.nodeAddress];
  return [
    {
      name: 'kube-apiserver',
      authority: 'ca',
      commonName: 'kube-apiserver',
      usage: ['serverAuth'],
      names: [...dns.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)],
    },
    // The API server is a client too: of every kubelet (logs, exec), of etcd, and of APIs that are added to its own.
    client('kube-apiserver-kubelet-client', 'kube-apiserver-kubelet-client', 'system:masters'),
    {
      name: 'kube-apiserver-etcd-client',
      authority: 'etcd-ca',
      commonName: 'kube-apiserver',
      usage: ['clientAuth'],
    },
    {
      name: 'front-proxy-client',
      authority: 'front-proxy-ca',
      commonName: FRONT_PROXY,
      usage: ['clientAuth'],
    },
    {
      name: 'etcd',
      authority: 'etcd-ca',
      commonName: 'etcd',
      // etcd's gateway to itself uses its server certificate as a client.
      usage: ['serverAuth', 'clientAuth'],
      names: ['DNS:localhost', 'IP:127.0.0.1'],
    },
    client('admin', 'admin', 'system:masters'),
    // The lab's own hand (volumes, waiting for Ready), told apart from a person's in the audit log.
    client('lab', LAB_USER, 'system:masters'),
    client('kube-controller-manager', 'system:kube-controller-manager'),
    client('kube-scheduler', 'system:kube-scheduler'),
    client('kube-proxy', 'system:kube-proxy'),
    {
      name: 'kubelet',
      authority: 'ca',
      // The Node authorizer and NodeRestriction let this user touch its own node and the pods on it, no more.
      commonName: `system:node:${centre.nodeName}`,
      organization: 'system:nodes',
      usage: ['clientAuth', 'serverAuth'],
      names: [`DNS:${centre.nodeName}`, `IP:${centre.nodeAddress}`],
    },
  ];
}
