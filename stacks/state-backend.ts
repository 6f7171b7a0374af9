import path from 'node:path';
import { TerraformBackend } from 'cdktf/lib/terraform-backend.js';
import type { TerraformStack } from 'cdktf/lib/terraform-stack.js';
import type { TerraformRemoteState } from 'cdktf/lib/terraform-remote-state.js';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { escapeTemplate, refuseToken } from './render/template-text.ts';

/** Name and settings of a Terraform backend, as they stand in its block. Never a credential: those come from the environment. */
export interface BackendSettings {
  readonly type: 'local' | 's3' | 'pg';
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Where the state of one stack is kept. A site chooses one kind for all its stacks; each stack has a place of its own.
 * @throws StackError `ZB-STK-005` for text that cdktf would take for its own
 */
export function backendSettings({ site, directory }: SiteModel, stack: string): BackendSettings {
  const { local, s3, pg } = site.spec.state;
  const at = `Site ${site.metadata.name}: spec.state`;
  if (s3 !== undefined) {
    refuseToken(s3.prefix, `${at}.s3.prefix`);
    return {
      type: 's3',
      settings: {
        bucket: s3.bucket,
        key: `${s3.prefix}/${stack}.tfstate`,
        region: s3.region,
        endpoints: { s3: s3.endpoint },
        use_path_style: true,
        // A lock beside the state: the stores of a government cloud have no DynamoDB.
        use_lockfile: true,
        // Questions that only Amazon's own endpoints answer.
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      },
    };
  }
  if (pg !== undefined) {
    return { type: 'pg', settings: { schema_name: `${pg.schemaPrefix}_${stack.replaceAll('-', '_')}` } };
  }
  if (local === undefined) throw new TypeError(`site ${site.metadata.name}: spec.state names no backend`);
  // Terraform runs in a folder of its own per stack, so a relative path would lead somewhere else in each.
  const file = path.resolve(directory, local.directory, `${stack}.tfstate`);
  // The folder of the site is named by whoever made it: no schema has looked at it.
  refuseToken(file, `${at}.local.directory`);
  return { type: 'local', settings: { path: escapeTemplate(file) } };
}

/** The backend block of a stack. */
export class StateBackend extends TerraformBackend {
  readonly #settings: BackendSettings['settings'];

  constructor(stack: TerraformStack, { type, settings }: BackendSettings) {
    super(stack, 'backend', type);
    this.#settings = settings;
  }

  protected override synthesizeAttributes(): Readonly<Record<string, unknown>> {
    return this.#settings;
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new TypeError(
      'stacks share no values through state: one site model is given to all of them, and a stack must deploy while another centre is dead',
    );
  }
}
