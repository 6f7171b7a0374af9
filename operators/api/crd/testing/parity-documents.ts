import fc from 'fast-check';
import { parseExample } from '../../kinds/examples/example.ts';
import type { Kind } from '../../kinds/kind.ts';
import { toStructuralSchema, type StructuralSchema } from '../structural-schema.ts';
import { choicesOf, documentArbitrary } from './document-arbitrary.ts';
import { HAND_WRITTEN } from './hand-written/hand-written.ts';
import { metadataMutations } from './metadata-mutations.ts';
import { mutationsOf, type Verdict } from './mutation.ts';
import { setField } from './set-field.ts';

/** A document of which zod and the API server must say the same. */
export interface ParityDocument {
  readonly title: string;
  readonly document: unknown;
  /** What they must say; undefined: whatever it is, the same. */
  readonly verdict: Verdict | undefined;
}

/** Fixed, so that a difference found today is found tomorrow. */
const SEED = 29;

/**
 * Documents of a kind, good and bad: its example; what people write, by hand; documents generated from the schema; and of
 * generated ones that have every field, each change to each field.
 * @param namespace that the documents of a namespaced kind name
 */
export function parityDocuments(kind: Kind, namespace: string): ParityDocument[] {
  const example = exampleIn(kind, namespace);
  const schema = toStructuralSchema(kind.spec);
  const generate = (fullness: 'all' | 'some', numRuns: number): unknown[] =>
    fc.sample(documentArbitrary(schema, fullness), { seed: SEED, numRuns });
  const withSpec = (spec: unknown): Record<string, unknown> => ({ ...example, spec });
  const byHand = (HAND_WRITTEN[kind.kind] ?? []).map(([title, path, value, good]): ParityDocument => {
    const document = setField(example, path, value);
    return { title: `by hand: ${title}`, document, verdict: good ? 'accepted' : 'refused' };
  });
  const generated = [...generate('some', 40), ...generate('all', 40)].map((spec, index): ParityDocument => {
    return { title: `generated ${index}`, document: withSpec(spec), verdict: undefined };
  });
  const mutated = fullSpecs(kind, schema, generate('all', 200)).flatMap((full) =>
    mutationsOf(full, schema, 'spec').map(({ title, value, verdict }): ParityDocument => {
      return { title, document: withSpec(value), verdict };
    }),
  );
  const around = metadataMutations(example, kind).map(({ title, value, verdict }): ParityDocument => {
    return { title, document: value, verdict };
  });
  const good: ParityDocument = { title: 'the example', document: example, verdict: 'accepted' };
  return distinct([good, ...byHand, ...generated, ...mutated, ...around]);
}

/** Good and bad values for the status of a kind, made in the same way. */
export function statusDocuments(kind: Kind): ParityDocument[] {
  const schema = toStructuralSchema(kind.status);
  const generated = fc.sample(documentArbitrary(schema, 'all'), { seed: SEED, numRuns: 20 });
  const [base] = generated;
  return [
    ...generated.map((document, index): ParityDocument => {
      return { title: `generated ${index}`, document, verdict: 'accepted' };
    }),
    ...mutationsOf(base, schema, 'status').map(({ title, value, verdict }): ParityDocument => {
      return { title, document: value, verdict };
    }),
  ];
}

/** The example of a kind, put into a namespace if its kind has them. */
export function exampleIn(kind: Kind, namespace: string): Record<string, unknown> {
  const example = parseExample(kind);
  if (kind.scope === 'Cluster') return example;
  return { ...example, metadata: setField(example.metadata, 'namespace', namespace) };
}

/** Of generated specs those that are good, one for each choice of variants: together they have every field. */
function fullSpecs(kind: Kind, schema: StructuralSchema, specs: readonly unknown[]): unknown[] {
  const good = specs.filter((spec) => kind.spec.safeParse(spec).success);
  return [...new Map(good.map((spec) => [choicesOf(spec, schema).join(), spec])).values()];
}

/** The first of each title: a field that several full documents have is changed in one of them. */
function distinct(documents: readonly ParityDocument[]): ParityDocument[] {
  const first = new Map<string, ParityDocument>();
  for (const document of documents) if (!first.has(document.title)) first.set(document.title, document);
  return [...first.values()];
}
