import { App } from 'cdktf/lib/app.js';
import { TerraformStack } from 'cdktf/lib/terraform-stack.js';
import { Testing } from 'cdktf/lib/testing/index.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Site } from '../operators/api/kinds/site.ts';
import { backendSettings, StateBackend } from './state-backend.ts';
import { siteFixture } from './testing/site-fixture.ts';

const schema = z.looseObject({ terraform: z.looseObject({ backend: z.unknown() }) });

/** The backend block of the stack `production-zone` of a site with that state. */
function backendOf(state: Site['spec']['state'], directory?: string): unknown {
  const fixture = siteFixture({ site: { state } });
  const model = { ...fixture, ...(directory !== undefined && { directory }) };
  const stack = new TerraformStack(new App(), 'production-zone');
  new StateBackend(stack, backendSettings(model, stack.node.id));
  return schema.parse(JSON.parse(Testing.synth(stack, false))).terraform.backend;
}

describe('state of a stack', () => {
  it('lies in a file of its own, found from wherever Terraform runs', () => {
    expect(backendOf({ local: { directory: '../state' } })).toEqual({
      local: { path: '/state/production-zone.tfstate' },
    });
    expect(backendOf({ local: { directory: '/var/lib/state' } })).toEqual({
      local: { path: '/var/lib/state/production-zone.tfstate' },
    });
  });

  it('lies in an S3-compatible store with a lock beside it, and asks nothing that only Amazon answers', () => {
    const s3 = { endpoint: 'https://store:9000', bucket: 'state', prefix: 'zaibei', region: 'main' };
    expect(backendOf({ s3 })).toEqual({
      s3: {
        bucket: 'state',
        key: 'zaibei/production-zone.tfstate',
        region: 'main',
        endpoints: { s3: 'https://store:9000' },
        use_path_style: true,
        use_lockfile: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      },
    });
  });

  it('lies below the folder of the site also where Terraform would read a template in its name', () => {
    expect(backendOf({ local: { directory: 'state' } }, '/sites/${HOME}')).toEqual({
      local: { path: '/sites/$${HOME}/state/production-zone.tfstate' },
    });
  });

  it.each([
    ['local.directory', { local: { directory: 'a#{TfToken[TOKEN.0]}' } }, '/site'],
    ['local.directory', { local: { directory: 'state' } }, '/sites/${TfToken[TOKEN.0]}'],
    [
      's3.prefix',
      { s3: { endpoint: 'https://store', bucket: 'b', prefix: 'a&{TfToken[TOKEN.0]}', region: 'main' } },
      '/site',
    ],
  ])('lies nowhere that cdktf would take for a value of its own: %s', (field, state, directory) => {
    expect(() => backendOf(state, directory)).toThrow(
      `: spec.state.${field}: "TfToken[" is how cdktf marks values of its own; write it otherwise`,
    );
  });

  it('lies in a schema of its own in PostgreSQL, whose address is in the environment only', () => {
    expect(backendOf({ pg: { schemaPrefix: 'zaibei' } })).toEqual({
      pg: { schema_name: 'zaibei_production_zone' },
    });
  });
});
