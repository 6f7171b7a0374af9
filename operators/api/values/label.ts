import { z } from 'zod';
import { withRules } from '../crd/rule.ts';
import { textSchema } from './text-schema.ts';

// No back-slashes: the same text stands in a CEL literal.
const PART = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const KEY = `^(${PART}([.]${PART})*/)?${NAME}$`;
const KEY_PATTERN = new RegExp(KEY);

const KEY_ALLOWED =
  'a label key is up to 63 letters, digits, "-", "_" and ".", with a DNS name and "/" before it where it has an owner';
const VALUE_ALLOWED = 'up to 63 letters, digits, "-", "_" and ".", with a letter or digit first and last';

/** Whether Kubernetes takes the text as key of a label or, in lower case, of an annotation. */
export function isQualifiedName(text: string): boolean {
  return KEY_PATTERN.test(text) && text.indexOf('/') <= 253;
}

/** Schema of Kubernetes labels; keys and values follow the rules of the API server. */
export function labelsSchema(): z.ZodRecord<z.ZodString, z.ZodString> {
  const value = textSchema(new RegExp(`^(${NAME})?$`), VALUE_ALLOWED, 63);
  return z.record(z.string(), value).superRefine((labels, context) => {
    for (const key of Object.keys(labels)) {
      if (!isQualifiedName(key)) context.addIssue({ code: 'custom', path: [key], message: KEY_ALLOWED });
    }
  });
}

/** Labels by which a field selects pods are few; the bound keeps the CEL rule on their keys cheap. */
const MAX_SELECTED = 16;

/**
 * Schema of the labels by which a field of a spec selects pods. At least one: a selector without labels is no narrowing,
 * it selects every pod.
 */
export function podLabelsSchema(): z.ZodRecord<z.ZodString, z.ZodString> {
  const message = `use at most ${MAX_SELECTED} labels`;
  const schema = labelsSchema()
    .refine((labels) => Object.keys(labels).length > 0, { message: 'use at least one label' })
    .refine((labels) => Object.keys(labels).length <= MAX_SELECTED, { message })
    .meta({ minProperties: 1, maxProperties: MAX_SELECTED });
  return withRules(schema, {
    rule: `self.all(key, key.matches('${KEY}') && key.indexOf('/') <= 253)`,
    message: KEY_ALLOWED,
  });
}

/** Bytes that all keys and values of an object's annotations may have together. */
const ANNOTATION_BYTES = 262_144;

/** Schema of Kubernetes annotations, by the rules of the API server. */
export function annotationsSchema(): z.ZodRecord<z.ZodString, z.ZodString> {
  return z.record(z.string(), z.string()).superRefine((annotations, context) => {
    for (const key of Object.keys(annotations)) {
      // Unlike a label's, the owner of an annotation may be written in capitals.
      if (!isQualifiedName(key.toLowerCase())) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: KEY_ALLOWED.replace('a label', 'an annotation'),
        });
      }
    }
    const bytes = Object.entries(annotations).reduce(
      (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
      0,
    );
    if (bytes > ANNOTATION_BYTES) {
      context.addIssue({
        code: 'custom',
        message: `use at most ${ANNOTATION_BYTES} bytes in all annotations`,
      });
    }
  });
}
