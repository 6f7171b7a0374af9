import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFindings } from './format-findings.ts';
import { judgeSite, type JudgedSite } from './judge-site.ts';

const STANDARDS = { library: { profiles: [], findings: [] }, now: new Date('2026-11-22T08:00:00Z') };

/** Judges one file without profiles: what is said about the shape of documents. */
function judge(text: string): JudgedSite {
  const folder = { directory: '/site', files: [{ path: 'a.yaml', text }], findings: [] };
  return judgeSite(folder, STANDARDS);
}

/** The lines a person reads about the file, without those about documents that are missing and the summary. */
function linesAbout(text: string): string[] {
  const findings = judge(text).findings.filter(({ place }) => place.file !== '.');
  return formatFindings(findings).split('\n').slice(0, -1);
}

const SITE = `apiVersion: zaibei.io/v1alpha1
kind: Site
metadata: { name: a }
spec:
  renderer: kubectl
  state: { local: { directory: state } }
`;

describe('what a person is told about a document', () => {
  it('an unknown field: where, which fields there are, and which was meant', () => {
    expect(linesAbout(SITE.replace('  renderer: kubectl', '  renderer: kubectl\n  contexs: {}'))).toEqual([
      'a.yaml:6:3: error ZB-DOC-008: Site a, spec.contexs: unknown field; the fields here are renderer, state, contexts, operator, extent, strict',
      '    did you mean "contexts"?',
    ]);
  });

  it('a missing field: what it is for', () => {
    expect(linesAbout(SITE.replace('  renderer: kubectl\n', ''))[0]).toMatch(
      /^a\.yaml:4:1: error ZB-DOC-009: Site a, spec\.renderer: required, and missing: How objects are handed to Terraform/,
    );
  });

  it('a value that is none of those allowed', () => {
    expect(linesAbout(SITE.replace('kubectl', 'kubctl')).slice(0, 2)).toEqual([
      'a.yaml:5:13: error ZB-DOC-010: Site a, spec.renderer: found "kubctl"; use kubernetes or kubectl',
      '    did you mean "kubectl"?',
    ]);
  });

  it('a number where text is meant, as versions are written by mistake', () => {
    expect(linesAbout(SITE.replace('{ name: a }', '{ name: 1.10 }')).slice(0, 2)).toEqual([
      'a.yaml:3:19: error ZB-DOC-010: Site, metadata.name: found the number 1.1; use text',
      '    put it in quotes',
    ]);
  });

  it('a wrong unit: what is allowed, with an example', () => {
    const text = `apiVersion: zaibei.io/v1alpha1
kind: BackupStore
metadata: { name: a }
spec:
  centre: b
  engine: restic
  location: { volume: { volumeClaim: c } }
  key: { id: k, algorithm: AES-256, secret: s }
  immutability: { mode: append-only, minimumAge: 7 days, keepVerified: 0 }
  capacity: 500GB
`;
    expect(linesAbout(text)).toEqual([
      'a.yaml:9:50: error ZB-DOC-010: BackupStore a, spec.immutability.minimumAge: found "7 days"; use whole numbers with the units d, h, m, s or ms, largest first, such as 15m, 1h30m or 500ms',
      'a.yaml:9:72: error ZB-DOC-010: BackupStore a, spec.immutability.keepVerified: found 0; use 1 or more',
      expect.stringMatching(
        /^a\.yaml:10:13: error ZB-DOC-010: BackupStore a, spec\.capacity: found "500GB"; use .*GiB/,
      ),
    ]);
  });

  it('nothing where something is meant', () => {
    expect(linesAbout(SITE.replace('kubectl', ''))[0]).toBe(
      'a.yaml:5:13: error ZB-DOC-010: Site a, spec.renderer: found nothing; use kubernetes or kubectl',
    );
  });

  it('two variants where one is meant, together with the other mistakes of the document', () => {
    const lines = linesAbout(SITE.replace('state: {', 'stric: true\n  state: { pg: {},'));
    expect(lines).toContain(
      'a.yaml:7:3: error ZB-DOC-010: Site a, spec.state: set exactly one of local, s3, pg',
    );
    expect(lines).toContain('    did you mean "strict"?');
  });

  it('an entry that stands twice in a list: where the other is', () => {
    const text = `apiVersion: zaibei.io/v1alpha1
kind: Topology
metadata: { name: t }
spec:
  profile: p
  regions:
    - { name: a, displayName: A, level: province }
    - { name: a, displayName: B, level: province }
  centres: []
`;
    expect(linesAbout(text).slice(0, 2)).toEqual([
      'a.yaml:8:7: error ZB-DOC-010: Topology t, spec.regions[1]: two entries have the same name',
      '    "a" is in the list already, at a.yaml:7',
    ]);
  });

  it('a kind that does not exist: which was meant, and nothing about what is missing for that reason', () => {
    expect(linesAbout(SITE.replace('kind: Site', 'kind: Siet')).slice(0, 2)).toEqual([
      'a.yaml:2:7: error ZB-DOC-007: Siet a, kind: found "Siet"; use Site, Topology, DataZone, ProtectionPolicy, Dataset or BackupStore',
      '    did you mean "Site"?',
    ]);
    expect(formatFindings(judge('kind: Siet').findings)).not.toContain('found no Site');
  });

  it('a kind that only the operator writes', () => {
    expect(linesAbout('kind: Placement\nmetadata: { name: a }\n')[0]).toBe(
      'a.yaml:1:7: error ZB-DOC-007: Placement a, kind: found "Placement", which the operator alone writes; use Site, Topology, DataZone, ProtectionPolicy, Dataset or BackupStore',
    );
  });

  it('another version of the API', () => {
    expect(linesAbout(SITE.replace('v1alpha1', 'v1'))[0]).toBe(
      'a.yaml:1:13: error ZB-DOC-010: Site a, apiVersion: found "zaibei.io/v1"; use zaibei.io/v1alpha1',
    );
  });

  it('a document that is no mapping', () => {
    expect(linesAbout('- a\n- b\n')[0]).toBe(
      'a.yaml:1:1: error ZB-DOC-006: document: found no mapping; a document has apiVersion, kind, metadata and spec',
    );
  });

  it('a document that exists already: where the other is', () => {
    expect(linesAbout(`${SITE}---\n${SITE}`)[0]).toBe(
      'a.yaml:10:19: error ZB-DOC-011: Site a, metadata.name: exists already, at a.yaml:3; kind, namespace and name together are used once',
    );
  });

  it('a missing Topology', () => {
    expect(formatFindings(judge(SITE).findings)).toBe(
      [
        '.:1:1: error ZB-DOC-012: Topology: found no Topology in the folder; a site has exactly one',
        '    write a topology.yaml; config/lab/topology.yaml shows one',
        '1 error',
      ].join('\n'),
    );
  });

  it('two Sites', () => {
    expect(linesAbout(`${SITE}---\n${SITE.replace('name: a', 'name: b')}`)).toEqual([
      'a.yaml:10:19: error ZB-DOC-012: Site b: found 2 Site documents; a site has exactly one',
      '    remove the others',
    ]);
  });
});

describe('any text at all', () => {
  it('is judged without a throw', () => {
    const word = fc.constantFrom(
      ...SITE.split(/(?<=\s)|(?=\s)/),
      ':',
      '- ',
      '{',
      '}',
      '*a',
      '&a',
      '\t',
      '!!x',
      '"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (words) => {
        expect(judge(words.join('')).findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('that differs from a sound document in one line is judged without a throw', () => {
    const lines = SITE.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string(), (index, text) => {
        expect(() => judge(lines.with(index, text).join('\n'))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
