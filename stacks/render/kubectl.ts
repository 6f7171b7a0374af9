import { TerraformDataSource } from 'cdktf/lib/terraform-data-source.js';
import { TerraformProvider } from 'cdktf/lib/terraform-provider.js';
import { TerraformResource } from 'cdktf/lib/terraform-resource.js';
import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import {
  answerName,
  DEADLINE,
  SLOWLY_DELETED,
  WORKLOADS,
  type Renderer,
  type Rendering,
} from './renderer.ts';
import { escapeTemplate } from './template-text.ts';

const PROVIDER = { name: 'kubectl', source: 'gavinbunney/kubectl', version: '1.19.0' } as const;

const generatorMetadata = { providerName: PROVIDER.name, providerVersion: PROVIDER.version } as const;

/**
 * `kubectl_manifest` of gavinbunney/kubectl: the object as YAML, written by server-side apply. The provider builds from
 * Go modules, so it serves machines that reach no Terraform registry. It has no bindings on npm: its three blocks are
 * written out here.
 */
export const kubectlRenderer: Renderer = {
  connect(scope, context) {
    new KubectlProvider(scope, context);
    return new KubectlServerVersion(scope, context);
  },
  render(scope, rendering) {
    return new KubectlManifest(scope, rendering);
  },
};

class KubectlProvider extends TerraformProvider {
  readonly #context: string;

  constructor(scope: Construct, context: string) {
    super(scope, 'kubectl', {
      terraformResourceType: PROVIDER.name,
      terraformProviderSource: PROVIDER.source,
      terraformGeneratorMetadata: generatorMetadata,
    });
    this.#context = context;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    // A new CRD may be served a moment after it was accepted; two more tries, 3 s and 4.5 s apart, cover that.
    return { config_context: escapeTemplate(this.#context), load_config_file: true, apply_retry_count: 2 };
  }
}

class KubectlServerVersion extends TerraformDataSource {
  constructor(scope: Construct, context: string) {
    super(scope, 'api-server', {
      terraformResourceType: 'kubectl_server_version',
      terraformGeneratorMetadata: generatorMetadata,
    });
    this.overrideLogicalId(answerName(context));
  }
}

class KubectlManifest extends TerraformResource {
  readonly #rendering: Rendering;

  constructor(scope: Construct, rendering: Rendering) {
    super(scope, 'manifest', {
      terraformResourceType: 'kubectl_manifest',
      terraformGeneratorMetadata: generatorMetadata,
      dependsOn: [...rendering.after],
    });
    this.overrideLogicalId(rendering.id);
    this.#rendering = rendering;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { object, kind, leaveBehind } = this.#rendering;
    return {
      yaml_body: escapeTemplate(stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })),
      server_side_apply: true,
      // Without it a change made by hand could be seen, but not healed: whoever made it owns the field.
      force_conflicts: true,
      wait: SLOWLY_DELETED.includes(kind),
      wait_for_rollout: WORKLOADS.includes(kind),
      timeouts: { create: DEADLINE },
      ...(leaveBehind && { apply_only: true }),
    };
  }
}
