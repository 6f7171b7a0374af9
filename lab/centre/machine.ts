import path from 'node:path';
import type { LabCentre, LabInstance } from '../instance.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';

/** What the volume keeper offers to claims of the storage class `lab`. */
export interface VolumeOptions {
  /** How many unclaimed volumes there are at any time. */
  readonly free: number;
  /** Capacity that each states, as a Kubernetes quantity (`10Gi`); not enforced: it is a folder. */
  readonly size: string;
}

/** Where a centre keeps its things, below its folder. All of it is on disk and survives a power cut. */
export interface CentrePaths {
  /** Certificates, keys and kubeconfigs, readable by root only. */
  readonly pki: string;
  /** Generated configuration, written anew at every power on: read it, do not edit it. */
  readonly config: string;
  readonly etcd: string;
  /** Images and snapshots of containerd. */
  readonly containerd: string;
  readonly kubelet: string;
  /** Logs of containers, by pod. */
  readonly podLogs: string;
  /** One log per component, and the audit log. */
  readonly logs: string;
  /** One folder per persistent volume. */
  readonly volumes: string;
  /** The {@link Machine} as init was started with it. */
  readonly machineFile: string;
  /** What the supervisor last said about its components. */
  readonly supervisorFile: string;
}

/** Everything there is to know about the machine that a centre is: each component's arguments follow from it alone. */
export interface Machine {
  readonly instance: LabInstance;
  readonly centre: LabCentre;
  readonly paths: CentrePaths;
  readonly toolchain: Toolchain;
  readonly volumes: VolumeOptions;
}

/** The folders and files of a centre. */
export function centrePaths(centre: LabCentre): CentrePaths {
  const below = (...names: readonly string[]): string => path.join(centre.directory, ...names);
  return {
    pki: below('pki'),
    config: below('config'),
    etcd: below('etcd'),
    containerd: below('containerd'),
    kubelet: below('kubelet'),
    podLogs: below('pod-logs'),
    logs: below('logs'),
    volumes: below('volumes'),
    machineFile: below('machine.json'),
    supervisorFile: below('supervisor.json'),
  };
}

/** The other centres of the instance, in their order. */
export function peersOf(instance: LabInstance, centre: LabCentre): readonly LabCentre[] {
  return instance.centres.filter((candidate) => candidate.ordinal !== centre.ordinal);
}
