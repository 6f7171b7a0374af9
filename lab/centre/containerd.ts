import path from 'node:path';
import { PAUSE_IMAGE } from '../images/image-recipes.ts';
import { CNI_PLUGINS, cniDirectory, podNetwork } from './cni.ts';
import type { Component } from './component.ts';
import type { Machine } from './machine.ts';

/** The usual place; each centre has a /run of its own, so `ctr` and `crictl` need no options inside it. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** containerd: pulls (here: already has) images, and runs containers through runc for the kubelet. */
export function containerd(machine: Machine): Component {
  const configFile = path.join(machine.paths.config, 'containerd.toml');
  return {
    name: 'containerd',
    startsWith: 'power',
    files: [{ path: configFile, content: containerdConfiguration(machine) }, podNetwork(machine)],
    command: [machine.toolchain.programs.containerd, '--config', configFile],
  };
}

function containerdConfiguration({ paths }: Machine): string {
  const text = JSON.stringify; // A JSON string is a TOML string.
  return `version = 2
root = ${text(path.join(paths.containerd, 'root'))}
# On /run: what is running is forgotten with the power.
state = "/run/containerd"
# Snapshotters for file systems that the lab does not ask for.
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]

[grpc]
  address = ${text(CONTAINERD_SOCKET)}

[plugins."io.containerd.internal.v1.opt"]
  path = ${text(path.join(paths.containerd, 'opt'))}

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${text(PAUSE_IMAGE)}
  # Without CAP_SYS_RESOURCE runc cannot lower the OOM score of a container and fails.
  restrict_oom_score_adj = true

[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = ${text(CNI_PLUGINS)}
  conf_dir = ${text(cniDirectory(paths))}

[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = "overlayfs"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
`;
}
