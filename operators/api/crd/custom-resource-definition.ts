import { GROUP, VERSION, type Kind } from '../kinds/kind.ts';
import type { PrintColumn } from '../kinds/print-column.ts';
import { nameSchema } from '../values/name.ts';
import { toStructuralSchema, type StructuralSchema } from './structural-schema.ts';

/** A CustomResourceDefinition as zaibei writes them: plain data in the form of apiextensions.k8s.io/v1. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Cluster' | 'Namespaced';
    readonly names: {
      readonly kind: string;
      readonly listKind: string;
      readonly plural: string;
      readonly singular: string;
      readonly shortNames: readonly string[];
      readonly categories: readonly string[];
    };
    readonly versions: readonly [
      {
        readonly name: string;
        readonly served: true;
        readonly storage: true;
        readonly schema: { readonly openAPIV3Schema: StructuralSchema };
        readonly subresources: { readonly status: Readonly<Record<string, never>> };
        readonly additionalPrinterColumns: readonly PrintColumn[];
      },
    ];
  };
}

/** `kubectl get zaibei` lists every kind of this category. */
const CATEGORY = 'zaibei';

/**
 * The CRD of a kind. Deterministic, and free of fields that the API server would drop or default, so that a deployment
 * finds unchanged what it wrote.
 */
export function generateCrd(kind: Kind): CustomResourceDefinition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: kind.crdName },
    spec: {
      group: GROUP,
      scope: kind.scope,
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural: kind.plural,
        singular: kind.singular,
        shortNames: kind.shortNames,
        categories: [CATEGORY],
      },
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: documentSchema(kind) },
          subresources: { status: {} },
          additionalPrinterColumns: kind.columns,
        },
      ],
    },
  };
}

/** Schema of whole documents. `apiVersion`, `kind` and the rest of `metadata` are the API server's own to check. */
function documentSchema(kind: Kind): StructuralSchema {
  const name = nameSchema().meta({ description: 'Name; short enough for a label value.' });
  return {
    description: kind.description,
    type: 'object',
    required: ['spec'],
    properties: {
      metadata: { type: 'object', properties: { name: toStructuralSchema(name) } },
      spec: toStructuralSchema(kind.spec.meta({ description: 'What is wanted.' })),
      status: toStructuralSchema(
        kind.status.meta({ description: 'What was found, written by the operator.' }),
      ),
    },
  };
}
