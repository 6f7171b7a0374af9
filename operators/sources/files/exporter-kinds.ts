/** Kinds of a cluster by which an exporter runs, with the fields that are kept of each object. */
import type { V1Deployment, V1Pod, V1PodSpec, V1PodStatus } from '@kubernetes/client-node';
import { LABELS } from '../../api/layout/labels.ts';
import type { ApiObject, ObjectKey, ResourceType } from '../../runtime/index.ts';

/** On a Deployment or Service of ours: digest of what was written. What differs is written again. */
export const WRITTEN = 'zaibei.io/written';

/** A child of ours, or a stranger's of the same name. */
export interface WrittenObject extends ApiObject {
  readonly managedBy: string | undefined;
  /** Value of {@link WRITTEN}. */
  readonly written: string | undefined;
  /** Why its pods cannot be made; undefined: nothing is known against it. */
  readonly failure: string | undefined;
}

/** What stands under the name of an exporter's Deployment. */
export interface ExporterDeployment extends WrittenObject {
  /** The dataset that it is labelled with; undefined: with none. */
  readonly dataset: ObjectKey | undefined;
  /** Names of the claims that its pods mount. */
  readonly claims: readonly string[];
}

/** A pod of an exporter. */
export interface ExporterPod extends ApiObject {
  readonly address: string | undefined;
  /** Why its container does not run, as Kubernetes says it; undefined: it runs. */
  readonly waiting: { readonly reason: string; readonly message: string } | undefined;
}

/** A pod of a tenant, as far as it tells whether its volumes are mounted. */
export interface ClaimingPod extends ApiObject {
  /** Names of the claims that it wants; of an exporter none, since it is nobody's first. */
  readonly claims: readonly string[];
  /**
   * Whether they are mounted as it wants them: one of its containers has begun, and the pod has neither ended, whereupon
   * nothing is mounted any more, nor is it about to.
   */
  readonly mounted: boolean;
}

/** Volumes that tenants asked for: whether they are there. */
export const CLAIMS: ResourceType = {
  ...describe('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  keep: head,
};

export const DEPLOYMENTS: ResourceType<ExporterDeployment> = {
  ...describe('apps/v1', 'Deployment', 'deployments'),
  keep: (parsed) => {
    const { spec } = parsed as ApiObject & Pick<V1Deployment, 'spec'>; // a field of its schema
    const { namespace = '', labels } = parsed.metadata;
    const name = labels?.[LABELS.exporter];
    return {
      ...written(parsed),
      dataset: name === undefined ? undefined : `${namespace}/${name}`,
      claims: claimsOf(spec?.template.spec),
    };
  },
};

export const SERVICES: ResourceType<WrittenObject> = {
  ...describe('v1', 'Service', 'services'),
  keep: written,
};

export const PODS: ResourceType<ExporterPod> = {
  ...describe('v1', 'Pod', 'pods'),
  keep: (parsed) => {
    const { status } = parsed as ApiObject & { readonly status?: V1PodStatus }; // a field of its schema
    return { ...head(parsed), address: status?.podIP, waiting: waitingOf(status) };
  },
};

export const CLAIMING_PODS: ResourceType<ClaimingPod> = {
  ...describe('v1', 'Pod', 'pods'),
  keep: (parsed) => {
    const { spec, status } = parsed as ApiObject & Pick<V1Pod, 'spec' | 'status'>; // fields of its schema
    const isExporter = parsed.metadata.labels?.[LABELS.exporter] !== undefined;
    const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    const begun = containers.some(
      ({ state, lastState }) => (state?.running ?? state?.terminated ?? lastState?.terminated) !== undefined,
    );
    const hasEnded = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    return {
      ...head(parsed),
      claims: isExporter ? [] : claimsOf(spec),
      mounted: begun && !hasEnded && parsed.metadata.deletionTimestamp === undefined,
    };
  },
};

function claimsOf(pod: V1PodSpec | undefined): string[] {
  const volumes = pod?.volumes ?? [];
  return volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function waitingOf({ conditions, containerStatuses }: V1PodStatus = {}): ExporterPod['waiting'] {
  const unscheduled = conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined)
    return { reason: unscheduled.reason ?? 'Unscheduled', message: unscheduled.message ?? '' };
  const { waiting, terminated } = containerStatuses?.[0]?.state ?? {};
  const state = waiting ?? terminated;
  if (state !== undefined) return { reason: state.reason ?? 'Waiting', message: state.message ?? '' };
  return containerStatuses === undefined ? { reason: 'Pending', message: '' } : undefined;
}

/** Parts of a Deployment that tell why there are no pods. */
interface ConditionsWire {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

function written(parsed: ApiObject): WrittenObject {
  const { labels, annotations } = parsed.metadata;
  const { status } = parsed as ApiObject & ConditionsWire; // fields of its schema
  const failed = status?.conditions?.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
  return {
    ...head(parsed),
    managedBy: labels?.[LABELS.managedBy],
    written: annotations?.[WRITTEN],
    failure: failed?.message,
  };
}

function head({ apiVersion, kind, metadata }: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, deletionTimestamp } = metadata;
  return { apiVersion, kind, metadata: { name, namespace, uid, resourceVersion, deletionTimestamp } };
}

function describe(apiVersion: string, kind: string, plural: string) {
  return { apiVersion, kind, plural, scope: 'Namespaced' } as const;
}
