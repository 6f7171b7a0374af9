import { cacheDirectory } from './bootstrap/cache-directory.mjs';
import { type GoBuild } from './go-build.ts';
import { thisMachine, type ToolchainMachine } from './machine.ts';
import {
  layOutToolchain,
  programParts,
  requireBuild,
  type ToolchainLayout,
  type ToolchainPart,
  toolchainParts,
} from './parts.ts';
import { locateProgram, locateTerraform } from './program-location.ts';
import { ToolchainError } from './toolchain-error.ts';
import { locateUnpackedProgram } from './unpacked-program.ts';

/** Programs that the lab runs from its own build or from Debian's packages. */
export type ProgramName =
  | 'etcd'
  | 'etcdctl'
  | 'etcdutl'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kube-proxy'
  | 'kubelet'
  | 'kubectl'
  | 'containerd'
  | 'ctr'
  | 'tini'
  | 'promtool'
  | 'terraform';

/** Everything that has to be on the machine before a centre can start, found or built once and then reused. */
export interface Toolchain {
  /** Absolute path of each program. `terraform` may be an OpenTofu: hand it on as `TERRAFORM_BINARY_NAME`. */
  readonly programs: Readonly<Record<ProgramName, string>>;
  /** A containerd root that holds nothing but the lab's images; each centre starts from hard links to it. */
  readonly imageRoot: string;
  /** Terraform CLI configuration (`TF_CLI_CONFIG_FILE`) that finds the provider built here. */
  readonly terraformConfig: string;
}

/**
 * The toolchain as `lab/prepare.mjs` left it, complete: what starting a centre takes. Looks, builds nothing, takes a fraction
 * of a second.
 * @throws ToolchainError ZB-TOOL-001 when a part is missing, 005 and 006 when Terraform is unfit
 */
export async function requireToolchain(
  cache: string = cacheDirectory(),
  machine: ToolchainMachine = thisMachine(cache),
): Promise<Toolchain> {
  const layout = await layOutToolchain(cache);
  await requireParts(toolchainParts(layout, machine));
  return assemble(layout, machine);
}

/**
 * The toolchain for whatever is done with centres that were started before: they keep the images that they have, also while
 * the source of the operator is being edited.
 * @throws ToolchainError as {@link requireToolchain}, but not for images
 */
export async function requirePrograms(
  cache: string = cacheDirectory(),
  machine: ToolchainMachine = thisMachine(cache),
): Promise<Toolchain> {
  const layout = await layOutToolchain(cache);
  await requireParts(programParts(layout, machine));
  return assemble(layout, machine);
}

async function requireParts(parts: readonly ToolchainPart[]): Promise<void> {
  const ready = await Promise.all(parts.map((part) => part.isReady()));
  const missing = parts.filter((_, index) => ready[index] !== true).map(({ what }) => what);
  if (missing.length > 0) throw notPrepared(missing);
}

function notPrepared(missing: readonly string[]): ToolchainError {
  const names = missing.map((what) => `\n  - ${what}`).join('');
  return new ToolchainError(
    'ZB-TOOL-001',
    `the lab's toolchain is not complete. Run "node lab/prepare.mjs lab" ("npm run lab" and "npm test" do). Missing:${names}`,
  );
}

async function assemble(layout: ToolchainLayout, machine: ToolchainMachine): Promise<Toolchain> {
  const present = (file: string | undefined, name: string): string => {
    if (file === undefined) throw notPrepared([name]); // gone since it was looked for
    return file;
  };
  const built = async (name: string): Promise<string> => {
    const build: GoBuild = requireBuild(layout.builds, name);
    return present(await locateProgram(build, machine), name);
  };
  const found = async (name: string): Promise<string> => present(await machine.find(name), name);
  return {
    programs: {
      etcd: await built('etcd'),
      etcdctl: await built('etcdctl'),
      etcdutl: await built('etcdutl'),
      'kube-apiserver': await built('kube-apiserver'),
      'kube-controller-manager': await built('kube-controller-manager'),
      'kube-scheduler': await built('kube-scheduler'),
      'kube-proxy': await built('kube-proxy'),
      kubelet: await built('kubelet'),
      kubectl: await built('kubectl'),
      containerd: await found('containerd'),
      ctr: await found('ctr'),
      tini: await found('tini'),
      promtool: present(await locateUnpackedProgram(layout.promtool, machine.find), 'promtool'),
      terraform: present(await locateTerraform(layout.openTofu, machine), 'terraform'),
    },
    imageRoot: layout.imageRoot,
    terraformConfig: layout.mirror.config,
  };
}
