import { z } from 'zod';

/** Something that an image is made of. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** Where it comes from. */
  readonly source: 'debian' | 'npm' | 'go' | 'node';
  /** As its package states it; Debian states licences in the image, at `/usr/share/doc/<package>/copyright`. */
  readonly license?: string | undefined;
}

/** What of CycloneDX 1.5 is written: every field is the specification's. */
export const billSchema = z.strictObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.5'),
  version: z.literal(1),
  metadata: z.strictObject({
    component: z.strictObject({
      type: z.literal('container'),
      'bom-ref': z.string().min(1),
      name: z.string().min(1),
      version: z.string().min(1),
      hashes: z.array(
        z.strictObject({ alg: z.literal('SHA-256'), content: z.string().regex(/^[0-9a-f]{64}$/) }),
      ),
    }),
  }),
  components: z.array(
    z.strictObject({
      type: z.enum(['library', 'application']),
      'bom-ref': z.string().min(1),
      name: z.string().min(1),
      version: z.string().min(1),
      purl: z.string().startsWith('pkg:'),
      licenses: z
        .array(z.strictObject({ expression: z.string().min(1) }))
        .length(1)
        .optional(),
    }),
  ),
});

/** A software bill of materials, CycloneDX 1.5 as JSON. */
export type BillOfMaterials = z.infer<typeof billSchema>;

/**
 * Lists what an image is made of. There is no time and no serial number in it: the same image has the same bill.
 * @param image name in pods, `zaibei/pause:1`
 * @param digest of its manifest, `sha256:…`
 */
export function billOfMaterials(
  image: string,
  digest: string,
  components: readonly Component[],
): BillOfMaterials {
  const [name = image, version = ''] = image.split(':');
  const listed = new Map(components.map((component) => [packageUrl(component), component]));
  return billSchema.parse({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'container',
        'bom-ref': image,
        name,
        version,
        hashes: [{ alg: 'SHA-256', content: digest.replace('sha256:', '') }],
      },
    },
    components: [...listed]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([purl, component]) => ({
        type: component.source === 'node' ? 'application' : 'library',
        'bom-ref': purl,
        name: component.name,
        version: component.version,
        purl,
        ...(component.license !== undefined && { licenses: [{ expression: component.license }] }),
      })),
  });
}

/** The package URL (purl-spec) of a component. */
function packageUrl({ name, version, source }: Component): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  const at = `${path}@${encodeURIComponent(version)}`;
  switch (source) {
    case 'debian':
      return `pkg:deb/debian/${at}?arch=amd64&distro=bookworm`;
    case 'npm':
      return `pkg:npm/${at}`;
    case 'go':
      return `pkg:golang/${at}`;
    case 'node':
      return `pkg:generic/${at}`;
  }
}
