import type { Finding, Place } from './finding.ts';

/** What every file and document must be before its meaning is judged. The rules of meaning are in operators/api/rules. */
export const DOCUMENT_RULES = {
  folder: { code: 'ZB-DOC-001', title: 'The folder of the site can be read and holds documents' },
  file: { code: 'ZB-DOC-002', title: 'A file is UTF-8 text of at most 4 MiB named *.yaml' },
  syntax: { code: 'ZB-DOC-003', title: 'A file is YAML 1.2' },
  duplicateKey: { code: 'ZB-DOC-004', title: 'A key stands once in a mapping' },
  construct: {
    code: 'ZB-DOC-005',
    title: 'YAML aliases, tags, keys that are not text and the key __proto__ are not used',
  },
  mapping: { code: 'ZB-DOC-006', title: 'A document is a mapping with apiVersion, kind, metadata and spec' },
  kind: { code: 'ZB-DOC-007', title: 'A document is of a kind that people write' },
  unknownField: { code: 'ZB-DOC-008', title: 'A document has only fields that its kind knows' },
  missingField: { code: 'ZB-DOC-009', title: 'A document has every field that its kind requires' },
  value: { code: 'ZB-DOC-010', title: 'A value has the type, unit and range of its field' },
  duplicate: { code: 'ZB-DOC-011', title: 'A document exists once: kind, namespace and name together' },
  missing: { code: 'ZB-DOC-012', title: 'A site has one Site and one Topology' },
} as const;

/** A rule about files and documents as such. */
export type DocumentRule = (typeof DOCUMENT_RULES)[keyof typeof DOCUMENT_RULES];

/** A finding by such a rule. They are errors always: what cannot be read cannot be judged. */
export function documentFinding(
  rule: DocumentRule,
  place: Place,
  about: { readonly subject: string; readonly field?: string },
  message: string,
  remedy?: string,
): Finding {
  return {
    code: rule.code,
    severity: 'error',
    subject: about.subject,
    field: about.field ?? '',
    message,
    ...(remedy === undefined ? {} : { remedy }),
    place,
  };
}
