import path from 'node:path';
import { authorityFolder } from '../authority/site-authority.ts';
import type { LabInstance } from '../instance.ts';
import { siteDirectory } from '../site/lab-site.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';

/** Root of the repository. */
const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** What kubectl, cdktf and Terraform need in their environment to work on an instance from the repository's root. */
export function labEnvironment(
  instance: LabInstance,
  toolchain: Toolchain,
  searchPath: string,
): Readonly<Record<string, string>> {
  const { terraform, kubectl } = toolchain.programs;
  const first = [path.join(REPOSITORY, 'node_modules/.bin'), path.dirname(kubectl)];
  // npm puts folders of its own in front while it runs a script; a person's shell has no use for them.
  const ofNpm = /node_modules\/\.bin$|node-gyp-bin$/;
  const others = searchPath.split(':').filter((folder) => !first.includes(folder) && !ofNpm.test(folder));
  return {
    KUBECONFIG: instance.kubeconfig,
    // What Terraform's Kubernetes providers read; they know nothing of KUBECONFIG.
    KUBE_CONFIG_PATH: instance.kubeconfig,
    ZAIBEI_SITE: siteDirectory(instance),
    // Certificate and key by which `zaibei dataset prepare` signs, as the PKI of a site would.
    ZAIBEI_AUTHORITY: authorityFolder(instance),
    // Terraform's working folders, one set per instance: it refuses a folder in which it knew another state.
    CDKTF_OUTPUT: path.join(instance.directory, 'cdktf.out'),
    TF_CLI_CONFIG_FILE: toolchain.terraformConfig,
    TERRAFORM_BINARY_NAME: terraform,
    // The provider comes from a folder, so there is no registry to ask for checksums.
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
    // Neither Terraform nor cdktf calls home.
    CHECKPOINT_DISABLE: '1',
    // cdktf works with the pinned Node only; kubectl is the version of the clusters.
    PATH: [...first, ...others].join(':'),
  };
}

/** The environment as lines for a shell's `eval`. */
export function shellExports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
    .join('');
}
