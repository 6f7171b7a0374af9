import { describe, expect, it } from 'vitest';
import { siteSchema } from './site.ts';

/** What is wrong with the settings of a site in which one part is as given. */
function refusals(part: Record<string, unknown>): string[] {
  const { error } = siteSchema.safeParse({
    apiVersion: 'zaibei.io/v1alpha1',
    kind: 'Site',
    metadata: { name: 'example' },
    spec: { renderer: 'kubectl', state: { local: { directory: 'state' } }, ...part },
  });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const TEMPLATE = 'use neither "${" nor "%{": Terraform evaluates them';

describe('the settings of a site', () => {
  it.each(['admin@fujian', 'arn:aws:eks:cn-north-1:1:cluster/a', '生产 中心', '$HOME', '100%', '{a}'])(
    'may name the context %j',
    (context) => {
      expect(refusals({ contexts: { production: context } })).toEqual([]);
    },
  );

  it.each(['${file("/etc/passwd")}', '%{if true}a%{endif}', 'a$${b}'])(
    'have no template of Terraform: %j',
    (text) => {
      expect(refusals({ contexts: { production: text } })).toEqual([`spec.contexts.production: ${TEMPLATE}`]);
      expect(refusals({ state: { local: { directory: text } } })).toEqual([
        `spec.state.local.directory: ${TEMPLATE}`,
      ]);
    },
  );

  it.each(['a\u0000', 'a\u001b[31m', 'a\u007fb', 'a\u202eb'])('have no invisible characters: %j', (text) => {
    expect(refusals({ contexts: { production: text } })).toEqual([
      'spec.contexts.production: use characters that can be printed',
    ]);
  });

  it.each(['endpoint', 'bucket', 'prefix', 'region'])('have no template in the %s of the store', (field) => {
    const s3 = { endpoint: 'https://store.example', bucket: 'state', [field]: 'https://a/${b}' };
    expect(refusals({ state: { s3 } })).toEqual([expect.stringContaining(`spec.state.s3.${field}: use `)]);
  });

  it('have no template in the schema of the database', () => {
    expect(refusals({ state: { pg: { schemaPrefix: 'a${b}' } } })).toEqual([
      'spec.state.pg.schemaPrefix: use lower-case letters, digits and "_"',
    ]);
  });

  it('have no place for the credentials of the store', () => {
    const s3 = { endpoint: 'https://key:secret@store.example', bucket: 'state' };
    expect(refusals({ state: { s3 } })).toEqual([
      'spec.state.s3.endpoint: use a URL such as https://store.example:9000, without user, password, query and fragment',
    ]);
  });
});
