import type { V1NetworkPolicyPeer } from '@kubernetes/client-node';
import type { BackupStore } from '../../operators/api/kinds/backup-store.ts';
import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import type { EgressRule } from '../../operators/api/network/policy.ts';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace, STORE_NAMESPACE, SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import {
  EXPORTER_PORT,
  EXPORTER_REPORT_PORT,
  NODE_PORTS,
  STORE_PORT,
} from '../../operators/api/layout/ports.ts';
import { apiServerRule, hostBlock } from './base-policies.ts';
import { addressIn, type Leg } from './legs.ts';
import { addresses, networkPolicy, podsIn, tcp, type NetworkPolicyObject } from './network-policy.ts';

/** The pods that hold a dataset's data in a centre, and the port at which they serve it. */
interface ServingPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  /** Port at which they answer the operator of their own centre; undefined: it asks them nothing. */
  readonly operatorPort?: number;
}

/**
 * The openings in one centre that the legs of a dataset need, and no other.
 *
 * Where the data is served: the pods that hold it accept its port from the pod networks of the centres that pull. Between
 * clusters a policy sees addresses only; which pods of the other centre may ask is decided by the policies there. A
 * NodePort with `externalTrafficPolicy: Local` keeps the address of the asking pod.
 *
 * Where a copy lands: the pods that pull for this dataset reach the addresses at which it is served, and the store.
 */
export function legOpenings(dataset: Dataset, legs: readonly Leg[], centre: Centre): NetworkPolicyObject[] {
  const pullers = legs.filter(({ source }) => source === centre).map(({ puller }) => puller);
  const pulls = legs.filter(({ puller }) => puller === centre);
  return [
    ...(pullers.length > 0
      ? servingPods(dataset, centre).map((pods) => servingPolicy(dataset, pods, [...new Set(pullers)]))
      : []),
    ...(pulls.length > 0 ? pullingPolicy(dataset, pulls, centre) : []),
  ];
}

/**
 * The operator watches the databases of its own centre (durability, heartbeat, lag), and asks the exporters of volumes how they
 * are: its way out to those of a tenant.
 */
export function guardPolicy(
  tenant: string,
  datasets: readonly Dataset[],
  centre: Centre,
): NetworkPolicyObject[] {
  const egress = datasets
    .flatMap((dataset) => servingPods(dataset, centre))
    .flatMap(({ namespace, labels, operatorPort }): EgressRule[] =>
      operatorPort === undefined ? [] : [{ to: [podsIn(namespace, labels)], ports: [tcp(operatorPort)] }],
    );
  return egress.length === 0
    ? []
    : [
        networkPolicy(
          { namespace: SYSTEM_NAMESPACE, name: `guard-${tenant}` },
          { pods: { [LABELS.name]: OPERATOR }, egress },
        ),
      ];
}

function servingPolicy(
  { metadata }: Dataset,
  { namespace, labels, port, operatorPort }: ServingPods,
  pullers: readonly Centre[],
): NetworkPolicyObject {
  const operator = podsIn(SYSTEM_NAMESPACE, { [LABELS.name]: OPERATOR });
  const from: V1NetworkPolicyPeer[] = [
    ...addresses(pullers.flatMap(({ podCidrs }) => podCidrs)),
    ...(operatorPort === port ? [operator] : []),
  ];
  const asked = operatorPort === undefined || operatorPort === port ? [] : [operatorPort];
  const ingress = [
    { from, ports: [tcp(port)] },
    ...asked.map((one) => ({ from: [operator], ports: [tcp(one)] })),
  ];
  return networkPolicy({ namespace, name: `serve-${metadata.name}` }, { pods: labels, ingress });
}

/** In the tenant's namespace the pods that the tenant runs, in the copies namespace the replica, before or after a takeover. */
function servingPods(dataset: Dataset, centre: Centre): ServingPods[] {
  const { spec } = dataset;
  const { name, namespace = '' } = dataset.metadata;
  const copies = copiesNamespace(namespace);
  if (spec.files !== undefined) {
    const labels = { [LABELS.exporter]: name };
    const ports = { port: EXPORTER_PORT, operatorPort: EXPORTER_REPORT_PORT };
    return [namespace, copies].map((at) => ({ namespace: at, labels, ...ports }));
  }
  const { podLabels, podPort } = spec.postgres ?? spec.objects ?? {};
  const port = podPort ?? addressIn(dataset, centre)?.port;
  // Cluster state is served by the API server, and an object store without labels by no pods of a tenant.
  if (podLabels === undefined || port === undefined) return [];
  const ports = spec.postgres === undefined ? { port } : { port, operatorPort: port };
  return [
    { namespace, labels: podLabels, ...ports },
    { namespace: copies, labels: { [LABELS.replica]: name }, ...ports },
  ];
}

function pullingPolicy(dataset: Dataset, pulls: readonly Leg[], centre: Centre): NetworkPolicyObject[] {
  const { name, namespace } = dataset.metadata;
  const sources = [...new Set(pulls.map(({ source }) => source))].flatMap((source) =>
    sourceRules(dataset, source),
  );
  const stores = [...new Set(pulls.flatMap((leg) => leg.stores))].map((store) => storeRule(store, centre));
  const egress = uniqueRules([...sources, ...stores]);
  if (egress.length === 0) return [];
  const home = namespace === SYSTEM_NAMESPACE ? SYSTEM_NAMESPACE : copiesNamespace(namespace ?? '');
  return [
    networkPolicy({ namespace: home, name: `pull-${name}` }, { pods: { [LABELS.dataset]: name }, egress }),
  ];
}

/** Where the data of a dataset is reached in a centre, seen from another one. */
function sourceRules(dataset: Dataset, source: Centre): EgressRule[] {
  if (dataset.spec.clusterState !== undefined) return [apiServerRule(source, 'outside')];
  const address = addressIn(dataset, source);
  if (address === undefined) return [];
  return [{ to: addresses(hostCidrs(address, source)), ports: [tcp(address.port)] }];
}

/** The store's endpoint: a pod beside its volume, or an object store somewhere in the centre. */
function storeRule({ metadata, spec }: BackupStore, centre: Centre): EgressRule {
  const { s3 } = spec.location;
  if (s3 !== undefined) {
    return { to: addresses(hostCidrs(s3, centre)), ports: [tcp(s3.port)] };
  }
  return { to: [podsIn(STORE_NAMESPACE, { [LABELS.store]: metadata.name })], ports: [tcp(STORE_PORT)] };
}

/**
 * The blocks that stand for a host: exactly the address, where it is one. A name cannot stand in a policy, so the
 * centre's networks stand for it: those of its nodes for a NodePort, those of its pods too for any other port.
 */
function hostCidrs({ host, port }: { host: string; port: number }, centre: Centre): readonly string[] {
  const block = hostBlock(host);
  if (block !== undefined) return [block];
  const isNodePort = NODE_PORTS.first <= port && port <= NODE_PORTS.last;
  return isNodePort ? centre.nodeCidrs : [...centre.nodeCidrs, ...centre.podCidrs];
}

function uniqueRules(rules: readonly EgressRule[]): EgressRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
