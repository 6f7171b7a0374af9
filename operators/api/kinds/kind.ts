import { z } from 'zod';
import { annotationsSchema, labelsSchema } from '../values/label.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import type { PrintColumn } from './print-column.ts';

/** API group of every kind of zaibei. */
export const GROUP = 'zaibei.io';

/** The version that is stored and served. */
export const VERSION = 'v1alpha1';

/** `apiVersion` of every document. */
export const API_VERSION = `${GROUP}/${VERSION}`;

/** What is particular to a kind. Everything else (schema, CRD, reference page) is derived from it. */
export interface KindDefinition<Spec extends z.ZodType, Status extends z.ZodType> {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly scope: 'Cluster' | 'Namespaced';
  /** Who writes the spec: people through the site's config, or the operator alone. */
  readonly writtenBy: 'config' | 'operator';
  /** One paragraph: what it is, for the CRD and the reference page. */
  readonly description: string;
  readonly spec: Spec;
  readonly status: Status;
  readonly columns: readonly PrintColumn[];
}

const metadataFields = {
  name: nameSchema(),
  labels: labelsSchema().optional(),
  annotations: annotationsSchema().optional(),
};

/** Metadata of a cluster-wide document in a site's config. */
const clusterMetadata = z.strictObject(metadataFields);

/** Metadata of a namespaced document in a site's config: its namespace is stated, never guessed. */
const namespacedMetadata = z.strictObject({ ...metadataFields, namespace: nameSchema() });

/** Metadata of a document as written in a site's config. */
export interface ResourceMetadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Record<string, string> | undefined;
  readonly annotations?: Record<string, string> | undefined;
}

/** A document of any kind. */
export interface Resource<Spec = unknown, Status = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ResourceMetadata;
  readonly spec: Spec;
  readonly status?: Status | undefined;
}

/** A kind with the schema of its documents. `Kind<...>['schema']` parses what stands in a site's config. */
export interface Kind<
  Spec extends z.ZodType = z.ZodType,
  Status extends z.ZodType = z.ZodType,
> extends KindDefinition<Spec, Status> {
  readonly singular: string;
  /** `topologies.zaibei.io`: the name of the CRD. */
  readonly crdName: string;
  /** Whole document; refuses unknown fields, as the API server does under `fieldValidation=Strict`. */
  readonly schema: z.ZodType<Resource<z.output<Spec>, z.output<Status>>>;
}

/** The document type of a kind: `ResourceOf<typeof topologyKind>`. */
export type ResourceOf<K> =
  K extends Kind<infer Spec, infer Status> ? Resource<z.output<Spec>, z.output<Status>> : never;

/** Makes a kind of its definition. */
export function defineKind<Spec extends z.ZodType, Status extends z.ZodType>(
  definition: KindDefinition<Spec, Status>,
): Kind<Spec, Status> {
  const schema = z.strictObject({
    apiVersion: z.literal(API_VERSION),
    kind: z.literal(definition.kind),
    metadata: definition.scope === 'Cluster' ? clusterMetadata : namespacedMetadata,
    spec: definition.spec,
    status: definition.status.optional(),
  });
  return {
    ...definition,
    singular: definition.kind.toLowerCase(),
    crdName: `${definition.plural}.${GROUP}`,
    // The compiler does not work out the output of an object schema whose members are type parameters.
    schema: schema as z.ZodType as z.ZodType<Resource<z.output<Spec>, z.output<Status>>>,
  };
}

/** Schema of who answers for a thing: “谁管理、谁负责,谁使用、谁负责”. That it is present is a question of meaning (every document is told at once). */
export const ownerSchema = z
  .strictObject({
    organisation: lineSchema().meta({ description: 'Department or body that answers for it.' }),
    contact: lineSchema().optional().meta({
      description:
        'How its duty desk is reached: a post, a telephone number or an address; never a private person.',
    }),
  })
  .meta({ description: 'Who answers for it (谁管理、谁负责,谁使用、谁负责). Absent is a finding.' });

/** Who answers for a thing. */
export type Owner = z.infer<typeof ownerSchema>;
