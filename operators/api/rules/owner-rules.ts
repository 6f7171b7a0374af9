import type { Owner, Resource } from '../kinds/kind.ts';
import type { FieldPath } from '../site/field-path.ts';
import { defineRule, type FactName, type Rule, type SiteFacts } from './rule.ts';

/** Something of which somebody must be the owner. */
interface Owned {
  readonly document: Resource;
  readonly field: FieldPath;
  readonly name: string;
  readonly owner: Owner | undefined;
}

const REMEDY = 'add owner: { organisation: …, contact: … }, a body and its duty desk, never a private person';

/** One rule per kind, so that a mistake in the documents of one kind does not hide the missing owners of another. */
function ownerRule<const Name extends FactName>(
  number: number,
  noun: string,
  fact: Name,
  list: (facts: Pick<SiteFacts, Name>) => Iterable<Owned>,
): Rule {
  return defineRule<Name>({
    code: `ZB-OWN-00${number}`,
    title: `Every ${noun} has an owner`,
    why: '谁管理、谁负责,谁使用、谁负责: at three in the morning somebody must be called.',
    severity: 'error',
    policyLines: ['S-08'],
    judges: [fact],
    check: function* (facts) {
      for (const { document, field, name, owner } of list(facts)) {
        if (owner !== undefined) continue;
        yield { document, field: [...field, 'owner'], message: `${name} has no owner`, remedy: REMEDY };
      }
    },
  });
}

/** An entry of a list within a document. */
function* entriesOf(
  document: Resource,
  list: string,
  entries: readonly { readonly name: string; readonly owner?: Owner | undefined }[],
): Iterable<Owned> {
  for (const [index, { name, owner }] of entries.entries()) {
    yield { document, field: ['spec', list, index], name: `${list.slice(0, -1)} ${name}`, owner };
  }
}

function wholeDocuments(documents: readonly Resource<{ readonly owner?: Owner | undefined }>[]): Owned[] {
  return documents.map((document) => ({
    document,
    field: ['spec'],
    name: `${document.kind} ${document.metadata.name}`,
    owner: document.spec.owner,
  }));
}

/** Rules about who answers for what. */
export const ownerRules: readonly Rule[] = [
  ownerRule(1, 'centre', 'topology', ({ topology }) => entriesOf(topology, 'centres', topology.spec.centres)),
  ownerRule(2, 'zone, platform and tenant', 'zones', function* ({ zones }) {
    yield* wholeDocuments(zones);
    for (const zone of zones) {
      yield* entriesOf(zone, 'platforms', zone.spec.platforms);
      yield* entriesOf(zone, 'tenants', zone.spec.tenants ?? []);
    }
  }),
  ownerRule(3, 'dataset', 'datasets', ({ datasets }) => wholeDocuments(datasets)),
  ownerRule(4, 'store', 'stores', ({ stores }) => wholeDocuments(stores)),
  ownerRule(5, 'policy', 'policies', ({ policies }) => wholeDocuments(policies)),
];
