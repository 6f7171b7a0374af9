import path from 'node:path';
import { type Component, flags } from './component.ts';
import type { Machine } from './machine.ts';

/** kube-proxy: turns Services into nftables rules, so that a service address leads to one of its pods. */
export function kubeProxy({ centre, paths, toolchain }: Machine): Component {
  const configFile = path.join(paths.config, 'kube-proxy.json');
  const configuration = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clientConnection: { kubeconfig: path.join(paths.pki, 'kube-proxy.kubeconfig') },
    clusterCIDR: centre.podCidr,
    hostnameOverride: centre.nodeName,
    bindAddress: centre.nodeAddress,
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    // These limits belong to the whole machine, and some machines do not let them be set: leave them alone.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    linux: { oomScoreAdj: 0 },
  };
  return {
    name: 'kube-proxy',
    startsWith: 'api-server',
    files: [{ path: configFile, content: configuration }],
    command: [toolchain.programs['kube-proxy'], ...flags({ config: configFile })],
  };
}
