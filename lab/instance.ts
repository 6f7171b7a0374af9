import path from 'node:path';
import { SERVICE_NETWORK } from '../operators/api/layout/service-network.ts';
import { UsageError } from './errors.ts';

/** What `npm run lab` starts when nothing else is asked: two places, three centres (两地三中心). */
export const DEFAULT_CENTRES: readonly string[] = ['production', 'local-dr', 'remote-dr'];

/** One centre of a lab instance: one node with a control plane of its own. Everything is derived from its place in the list. */
export interface LabCentre {
  /** Name of the centre as in the site's Topology: `production`. */
  readonly name: string;
  /** 1-based place in the instance's list of centres; the last number of its addresses. */
  readonly ordinal: number;
  /** Kubernetes node name: the centre's name. */
  readonly nodeName: string;
  /** Address of the node on the instance's bridge: `10.90.0.1`. */
  readonly nodeAddress: string;
  /** Pod network of the centre, routed between centres: `10.91.1.0/24`. */
  readonly podCidr: string;
  /** Network namespace that is the centre's machine: `zb-lab-1`; also the name of its port on the bridge and of its cgroups. */
  readonly namespace: string;
  /** Folder with everything the centre keeps over a power cut: etcd, images, volumes, keys, logs. */
  readonly directory: string;
  /** URL of its API server. */
  readonly apiServer: string;
  /** Context in the instance's kubeconfig: `lab-production`. */
  readonly context: string;
}

/** A named set of centres on this machine. Several can run side by side; nothing is shared but the toolchain's cache. */
export interface LabInstance {
  /** `lab` for people, `test` for tests, or any other name of up to eight letters and digits. */
  readonly name: string;
  /** Decides all addresses; unique among the instances of this machine (0–29). */
  readonly slot: number;
  /** Bridge by which this machine reaches the centres: `zb-lab`. */
  readonly bridge: string;
  /** This machine's address on the bridge: `10.90.0.254`. */
  readonly hostAddress: string;
  /** Network of all nodes: `10.90.0.0/24`. */
  readonly nodeCidr: string;
  /** Folder of the instance's state. */
  readonly directory: string;
  /** Kubeconfig with one admin context per centre. */
  readonly kubeconfig: string;
  readonly centres: readonly LabCentre[];
}

/** Address of the cluster DNS within {@link SERVICE_NETWORK}. */
export const CLUSTER_DNS = SERVICE_NETWORK.replace(/\.0\/\d+$/, '.10');

/** The first two numbers of an instance's node network; the pod networks take the next. Steps over 10.96 (services). */
function networkOf(slot: number): number {
  return slot < 3 ? 90 + 2 * slot : 94 + 2 * slot;
}

/**
 * Refuses a name that is none, before it becomes part of a path or of a name on the machine.
 * @throws UsageError
 */
export function checkInstanceName(name: string): void {
  // Linux link names end at 15 characters: "zb-" + name + "-" + ordinal.
  if (!/^[a-z][a-z0-9]{0,7}$/.test(name)) {
    throw new UsageError(`lab instance "${name}": use 1 to 8 lower-case letters and digits, a letter first`);
  }
}

/**
 * Describes an instance without touching the machine.
 * @param stateDirectory folder under which each instance has its own
 * @throws UsageError when name, slot or centres cannot be used for link names and addresses
 */
export function describeInstance(
  name: string,
  slot: number,
  stateDirectory: string,
  centreNames: readonly string[] = DEFAULT_CENTRES,
): LabInstance {
  checkInstanceName(name);
  if (!Number.isInteger(slot) || slot < 0 || slot > 29) throw new UsageError(`lab slot ${slot}: 0 to 29`);
  if (centreNames.length === 0 || centreNames.length > 200)
    throw new UsageError('a lab instance has 1 to 200 centres');
  for (const centre of centreNames) {
    // It becomes the name of a node, which is a DNS label.
    if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(centre)) {
      throw new UsageError(
        `centre "${centre}": use 1 to 63 lower-case letters, digits and hyphens, a letter first`,
      );
    }
  }
  if (new Set(centreNames).size < centreNames.length) throw new UsageError('two centres have the same name');
  const network = networkOf(slot);
  const directory = path.join(stateDirectory, name);
  const centres = centreNames.map((centre, index): LabCentre => {
    const ordinal = index + 1;
    const nodeAddress = `10.${network}.0.${ordinal}`;
    return {
      name: centre,
      ordinal,
      nodeName: centre,
      nodeAddress,
      podCidr: `10.${network + 1}.${ordinal}.0/24`,
      namespace: `zb-${name}-${ordinal}`,
      directory: path.join(directory, centre),
      apiServer: `https://${nodeAddress}:6443`,
      context: `${name}-${centre}`,
    };
  });
  return {
    name,
    slot,
    bridge: `zb-${name}`,
    hostAddress: `10.${network}.0.254`,
    nodeCidr: `10.${network}.0.0/24`,
    directory,
    kubeconfig: path.join(directory, 'kubeconfig'),
    centres,
  };
}

/** The centre of that name. @throws UsageError with the names there are */
export function requireCentre(instance: LabInstance, name: string): LabCentre {
  const centre = instance.centres.find((candidate) => candidate.name === name);
  if (centre === undefined) {
    const known = instance.centres.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`lab instance "${instance.name}" has no centre "${name}"; it has ${known}`);
  }
  return centre;
}
