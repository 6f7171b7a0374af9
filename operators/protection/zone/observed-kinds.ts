/**
 * Kinds of a cluster that are looked at, with the few fields that are kept of each object: there may be tens of thousands,
 * and most of what they say concerns nobody here. Fields are read as the API server's own schema has them.
 */
import { STACKS_FIELD_MANAGER } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import type { ApiObject, ObjectMeta, ResourceType } from '../../runtime/index.ts';

/** Fields of a ResourceQuota: what may be requested, and what is. */
export interface ObservedQuota extends ApiObject {
  readonly hard: Readonly<Record<string, string>>;
  readonly used: Readonly<Record<string, string>>;
}

/** Fields of a StatefulSet or Deployment: who its pods are, and which claims they use. */
export interface ObservedWorkload extends ApiObject {
  readonly podLabels: Readonly<Record<string, string>>;
  /** Claims that its pods name. */
  readonly claims: readonly string[];
  /** Templates from which a StatefulSet makes claims: `<template>-<name>-<ordinal>`. */
  readonly claimTemplates: readonly string[];
}

/** Fields of a NetworkPolicy. */
export interface ObservedPolicy extends ApiObject {
  /** Whether a deployment of ours wrote it. */
  readonly deployed: boolean;
  /** What it says, as the API server has it. */
  readonly spec: unknown;
}

/** Namespaces: a tenant's own, and those of its copies. */
export const NAMESPACES: ResourceType = {
  ...describe('v1', 'Namespace', 'namespaces'),
  scope: 'Cluster',
  keep: (parsed) => {
    const kept = head(parsed);
    return { ...kept, metadata: { ...kept.metadata, labels: parsed.metadata.labels } };
  },
};

/** Sums that the objects of a namespace may request, and do. */
export const QUOTAS: ResourceType<ObservedQuota> = {
  ...describe('v1', 'ResourceQuota', 'resourcequotas'),
  keep: (parsed) => {
    const { spec, status } = parsed as ApiObject & { spec?: Wire; status?: Wire }; // fields of its schema
    return { ...head(parsed), hard: texts(spec?.['hard']), used: texts(status?.['used']) };
  },
};

/** Volumes that tenants asked for. */
export const CLAIMS: ResourceType = {
  ...describe('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  keep: head,
};

/** Workloads that keep an identity, and mostly data. */
export const STATEFUL_SETS: ResourceType<ObservedWorkload> = {
  ...describe('apps/v1', 'StatefulSet', 'statefulsets'),
  keep: workload,
};

/** Workloads of which most keep nothing. */
export const DEPLOYMENTS: ResourceType<ObservedWorkload> = {
  ...describe('apps/v1', 'Deployment', 'deployments'),
  keep: workload,
};

/** What isolates namespaces, and what opens them. */
export const NETWORK_POLICIES: ResourceType<ObservedPolicy> = {
  ...describe('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  keep: (parsed) => {
    const deployed = parsed.metadata.labels?.[LABELS.managedBy] === STACKS_FIELD_MANAGER;
    return { ...head(parsed), deployed, spec: (parsed as ApiObject & { spec?: unknown }).spec }; // a field of its schema
  },
};

type Wire = Readonly<Record<string, unknown>>;

function describe(apiVersion: string, kind: string, plural: string) {
  return { apiVersion, kind, plural, scope: 'Namespaced' } as const;
}

/** Name and place: what identifies an object. Labels are left out, of which a tenant may write a megabyte. */
function head({ apiVersion, kind, metadata }: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, deletionTimestamp } = metadata;
  const kept: ObjectMeta = { name, namespace, uid, resourceVersion, deletionTimestamp };
  return { apiVersion, kind, metadata: kept };
}

/** Parts of the schema of workloads that are read. */
interface WorkloadWire {
  readonly spec?: {
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: {
        readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
      };
    };
    readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[];
  };
}

/**
 * How much is kept of one workload: more than any that works has. What is beyond is nobody's by name, and so told as not
 * covered; a tenant that writes a megabyte of it takes the memory of nobody.
 */
const MOST = { labels: 64, claims: 256 } as const;

function workload(parsed: ApiObject): ObservedWorkload {
  const { template, volumeClaimTemplates = [] } = (parsed as ApiObject & WorkloadWire).spec ?? {}; // fields of its schema
  const volumes = template?.spec?.volumes ?? [];
  return {
    ...head(parsed),
    podLabels: Object.fromEntries(Object.entries(template?.metadata?.labels ?? {}).slice(0, MOST.labels)),
    claims: volumes
      .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
      .slice(0, MOST.claims),
    claimTemplates: volumeClaimTemplates
      .flatMap(({ metadata }) => metadata?.name ?? [])
      .slice(0, MOST.claims),
  };
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, amount]) => [name, String(amount)]));
}
