import { link, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type GoBuild } from './go-build.ts';

/** The registries under which `gavinbunney/kubectl` is looked up: Terraform's and OpenTofu's. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

/** Where Terraform finds the provider that is built here. */
export interface ProviderMirror {
  readonly directory: string;
  /** The CLI configuration, for `TF_CLI_CONFIG_FILE`. */
  readonly config: string;
}

/** Says where the mirror for a build of the provider is, or will be, in the cache. */
export function describeProviderMirror(provider: GoBuild, cache: string): ProviderMirror {
  const directory = path.join(cache, 'terraform', `${provider.version}-${provider.key}`);
  return { directory, config: path.join(directory, 'terraform.tfrc') };
}

/**
 * Lays the provider out as a filesystem mirror. `dev_overrides` would be shorter but `init` still asks the registry.
 * @param partial folder for unfinished work, on the file system of the cache
 */
export async function makeProviderMirror(
  mirror: ProviderMirror,
  provider: GoBuild,
  partial: string,
): Promise<void> {
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'provider-mirror-'));
  for (const registry of REGISTRIES) {
    const folder = path.join(work, registry, 'gavinbunney', 'kubectl', provider.version, 'linux_amd64');
    await mkdir(folder, { recursive: true });
    await link(provider.path, path.join(folder, `terraform-provider-kubectl_v${provider.version}`));
  }
  await writeFile(path.join(work, path.basename(mirror.config)), cliConfig(mirror.directory));
  await rm(mirror.directory, { recursive: true, force: true });
  await mkdir(path.dirname(mirror.directory), { recursive: true });
  await rename(work, mirror.directory);
}

/** Only this provider comes from the mirror; a site that uses others gets them from their registry as usual. */
function cliConfig(directory: string): string {
  const provider = JSON.stringify(REGISTRIES.map((registry) => `${registry}/gavinbunney/kubectl`));
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(directory)}
    include = ${provider}
  }
  direct {
    exclude = ${provider}
  }
}
`;
}
