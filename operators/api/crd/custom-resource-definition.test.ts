import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { KINDS } from '../kinds/registry.ts';
import { generateCrd } from './custom-resource-definition.ts';

/** Far below the 256 KB of an annotation, and small enough for `terraform plan` to stay quick. */
const MAX_BYTES = 32 * 1024;

describe.each(KINDS)('the CRD of $kind', (kind) => {
  const crd = generateCrd(kind);
  const text = stringify(crd, { aliasDuplicateObjects: false, lineWidth: 0 });

  it('is what its golden file shows', async () => {
    await expect(text).toMatchFileSnapshot(`__golden__/${kind.plural}.yaml`);
  });

  it('is the same each time, also in the order of its keys', () => {
    expect(JSON.stringify(generateCrd(kind))).toBe(JSON.stringify(crd));
  });

  it('is small', () => {
    expect(JSON.stringify(crd).length).toBeLessThan(MAX_BYTES);
  });

  it('writes nothing that the API server would drop: no undefined, null, empty list, or field at its omitted default', () => {
    expect(JSON.parse(JSON.stringify(crd))).toStrictEqual(crd);
    expect(text).not.toMatch(/: (null|\[\])$/m);
    expect(text).not.toMatch(
      /(priority: 0|additionalProperties: false|nullable: false|preserveUnknownFields)/,
    );
  });

  it('has a status of its own with the generation it describes, and conditions that several writers can own', () => {
    const [version] = crd.spec.versions;
    expect(version.subresources).toEqual({ status: {} });
    const status = version.schema.openAPIV3Schema.properties?.status?.properties;
    expect(status?.observedGeneration?.type).toBe('integer');
    expect(status?.conditions).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    });
  });
});

describe('the CRDs together', () => {
  it('have different names, also short ones, and one category', () => {
    const names = KINDS.flatMap((kind) => [kind.kind.toLowerCase(), kind.plural, ...kind.shortNames]);
    expect(new Set(names).size).toBe(names.length);
    expect(KINDS.every((kind) => generateCrd(kind).spec.names.categories.includes('zaibei'))).toBe(true);
  });
});
