import path from 'node:path';
import { SERVICE_NETWORK } from '../../operators/api/layout/service-network.ts';
import { AUDIT_POLICY } from './audit-policy.ts';
import { FRONT_PROXY } from './certificates.ts';
import { type Component, flags } from './component.ts';
import { ETCD_URL } from './etcd.ts';
import type { Machine } from './machine.ts';

/** Issuer of service account tokens; what a pod's token says in `iss`. */
export const SERVICE_ACCOUNT_ISSUER = 'https://kubernetes.default.svc';

/**
 * kube-apiserver: the only door to the cluster. It says who a client is (certificate or token), what it may do
 * (Node, RBAC), whether the object is acceptable (admission: NodeRestriction, no external addresses of Services, and the
 * defaults, PodSecurity among them), writes that down (audit) and keeps the object in etcd.
 */
export function kubeApiserver({ centre, paths, toolchain }: Machine): Component {
  const pki = (file: string): string => path.join(paths.pki, file);
  const auditPolicy = path.join(paths.config, 'audit-policy.json');
  return {
    name: 'kube-apiserver',
    // It waits for etcd by itself, so both start at once.
    startsWith: 'power',
    files: [{ path: auditPolicy, content: AUDIT_POLICY }],
    command: [
      toolchain.programs['kube-apiserver'],
      ...flags({
        'bind-address': centre.nodeAddress,
        'advertise-address': centre.nodeAddress,
        'secure-port': new URL(centre.apiServer).port,
        'tls-cert-file': pki('kube-apiserver.crt'),
        'tls-private-key-file': pki('kube-apiserver.key'),
        'client-ca-file': pki('ca.crt'),
        'etcd-servers': ETCD_URL,
        'etcd-cafile': pki('etcd-ca.crt'),
        'etcd-certfile': pki('kube-apiserver-etcd-client.crt'),
        'etcd-keyfile': pki('kube-apiserver-etcd-client.key'),
        // Secrets are encrypted before they reach etcd, so a copy of etcd's files does not give them away.
        'encryption-provider-config': pki('encryption.json'),
        'kubelet-certificate-authority': pki('ca.crt'),
        'kubelet-client-certificate': pki('kube-apiserver-kubelet-client.crt'),
        'kubelet-client-key': pki('kube-apiserver-kubelet-client.key'),
        // Node names are not in any DNS here.
        'kubelet-preferred-address-types': 'InternalIP',
        'requestheader-client-ca-file': pki('front-proxy-ca.crt'),
        'requestheader-allowed-names': FRONT_PROXY,
        'requestheader-username-headers': 'X-Remote-User',
        'requestheader-group-headers': 'X-Remote-Group',
        'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
        'proxy-client-cert-file': pki('front-proxy-client.crt'),
        'proxy-client-key-file': pki('front-proxy-client.key'),
        'service-account-issuer': SERVICE_ACCOUNT_ISSUER,
        'service-account-key-file': pki('service-account.pub'),
        'service-account-signing-key-file': pki('service-account.key'),
        'service-cluster-ip-range': SERVICE_NETWORK,
        'authorization-mode': 'Node,RBAC',
        // With a Service's external address a tenant could take the traffic of a node (CVE-2020-8554).
        'enable-admission-plugins': 'NodeRestriction,DenyServiceExternalIPs',
        'allow-privileged': true,
        'audit-policy-file': auditPolicy,
        'audit-log-path': path.join(paths.logs, 'audit.log'),
        'audit-log-maxsize': 20,
        'audit-log-maxbackup': 2,
        profiling: false,
      }),
    ],
  };
}
