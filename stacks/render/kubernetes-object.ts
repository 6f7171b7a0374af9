/** Metadata that a deployment writes. Everything else in `metadata` belongs to the API server. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * A plain Kubernetes object as it goes over the wire. `Model` is a type of the Kubernetes client, or a kind of ours:
 * `KubernetesObject<V1ResourceQuota>`.
 */
export type KubernetesObject<Model extends object = object> = Omit<
  Model,
  'apiVersion' | 'kind' | 'metadata' | 'status'
> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
};

/** `Role zb-store/zaibei-keeper`: how messages name an object. */
export function describeObject({ kind, metadata }: KubernetesObject): string {
  return metadata.namespace === undefined
    ? `${kind} ${metadata.name}`
    : `${kind} ${metadata.namespace}/${metadata.name}`;
}
