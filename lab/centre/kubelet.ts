import path from 'node:path';
import { CLUSTER_DNS } from '../instance.ts';
import { type Component, flags } from './component.ts';
import { CONTAINERD_SOCKET } from './containerd.ts';
import type { Machine } from './machine.ts';

/**
 * kubelet: the agent of a node. It reads which pods the API server wants here, has containerd run them, mounts their
 * volumes, runs their probes, and reports what it sees.
 */
export function kubelet({ centre, paths, toolchain }: Machine): Component {
  const configFile = path.join(paths.config, 'kubelet.json');
  return {
    name: 'kubelet',
    startsWith: 'api-server',
    files: [{ path: configFile, content: kubeletConfiguration(centre, paths) }],
    command: [
      toolchain.programs.kubelet,
      ...flags({
        config: configFile,
        kubeconfig: path.join(paths.pki, 'kubelet.kubeconfig'),
        'hostname-override': centre.nodeName,
        'node-ip': centre.nodeAddress,
        'root-dir': paths.kubelet,
      }),
    ],
  };
}

function kubeletConfiguration(centre: Machine['centre'], paths: Machine['paths']): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: centre.nodeAddress,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: path.join(paths.pki, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: path.join(paths.pki, 'kubelet.crt'),
    tlsPrivateKeyFile: path.join(paths.pki, 'kubelet.key'),
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    // Every pod's cgroup is made below the centre's own, so the kubelets of several centres do not meet. There is no
    // systemd in a centre to ask for cgroups, hence cgroupfs.
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${centre.namespace}`,
    failCgroupV1: false,
    enforceNodeAllocatable: ['pods'],
    // The machine's swap is none of the centre's business.
    failSwapOn: false,
    // Lowering it needs a capability that root lacks in some containers; 0 asks for nothing.
    oomScoreAdj: 0,
    // All centres share one disk: its fill level must not evict pods or images in one of them, and it cannot be
    // measured per pod on every file system.
    evictionHard: {},
    localStorageCapacityIsolation: false,
    imageGCHighThresholdPercent: 100,
    // Paths that would otherwise be the machine's.
    podLogsDir: paths.podLogs,
    volumePluginDir: path.join(paths.kubelet, 'volume-plugins'),
    // Pods ask the cluster's DNS only; the machine's resolver cannot be reached from a centre.
    resolvConf: '',
    clusterDNS: [CLUSTER_DNS],
    clusterDomain: 'cluster.local',
    // A centre that lost its power should be seen as lost soon.
    nodeStatusUpdateFrequency: '4s',
  };
}
