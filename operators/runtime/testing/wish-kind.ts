import { z } from 'zod';
import { defineKind, type ResourceOf } from '../../api/kinds/kind.ts';
import { statusFields } from '../../api/values/condition.ts';
import type { NewObject } from '../objects/api-object.ts';
import { resourceTypeOf } from '../objects/resource-type.ts';

/** A kind to test the runtime with, which means nothing: a number is wished for, and the status says which one was seen. */
export const wishKind = defineKind({
  kind: 'Wish',
  plural: 'wishes',
  shortNames: [],
  scope: 'Namespaced',
  writtenBy: 'config',
  description: 'A number that is wished for.',
  spec: z.strictObject({
    number: z.int().min(0).max(1_000_000).meta({ description: 'The number.' }),
    colour: z.enum(['red', 'green']).default('green').meta({ description: 'A field with a default.' }),
  }),
  status: z.strictObject({
    ...statusFields,
    seen: z.int().optional().meta({ description: 'The number that was seen.' }),
    doubled: z.int().optional().meta({ description: 'Twice the number.' }),
  }),
  columns: [],
});

/** A document of {@link wishKind}. */
export type Wish = ResourceOf<typeof wishKind>;

/** How wishes are reached. */
export const wishType = resourceTypeOf(wishKind);

/** A wish as a person writes it. */
export function wish(name: string, number: unknown): NewObject & { readonly spec: unknown } {
  const { apiVersion, kind } = wishType;
  return { apiVersion, kind, metadata: { namespace: 'tenant', name }, spec: { number } };
}
