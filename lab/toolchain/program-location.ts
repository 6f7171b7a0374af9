import { type GoBuild } from './go-build.ts';
import { type ToolchainMachine } from './machine.ts';
import { chooseTerraform, type TerraformCandidate } from './terraform.ts';

/**
 * Where a program is: on PATH in exactly the pinned version, else in the cache. Undefined when neither names that
 * version, be it missing, of another version, or broken: then it has to be built.
 */
export async function locateProgram(build: GoBuild, machine: ToolchainMachine): Promise<string | undefined> {
  const { program, version } = build;
  const onPath = program.fromPath ? await machine.find(program.name) : undefined;
  for (const file of [onPath, build.path]) {
    if (file !== undefined && (await machine.readVersion(file, program.versionArguments)) === version)
      return file;
  }
  return undefined;
}

/**
 * Where the program is that plans and applies: by TERRAFORM_BINARY_NAME, `terraform` or `tofu` on PATH, else
 * OpenTofu in the cache. Undefined when OpenTofu has to be built.
 * @throws ToolchainError ZB-TOOL-005, ZB-TOOL-006, see {@link chooseTerraform}
 */
export async function locateTerraform(
  openTofu: GoBuild,
  machine: ToolchainMachine,
): Promise<string | undefined> {
  const candidate = async (name: string): Promise<TerraformCandidate | undefined> => {
    const file = name.includes('/') ? name : await machine.find(name);
    return file === undefined
      ? undefined
      : { path: file, version: await machine.readVersion(file, ['version']) };
  };
  const name = machine.env['TERRAFORM_BINARY_NAME'];
  const requested = name ? ((await candidate(name)) ?? { path: name, version: undefined }) : undefined;
  const [terraform, tofu] = await Promise.all([candidate('terraform'), candidate('tofu')]);
  return chooseTerraform({ requested, terraform, tofu }) ?? (await locateProgram(openTofu, machine));
}
