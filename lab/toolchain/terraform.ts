import { OLDEST_TERRAFORM } from '../../operators/api/layout/terraform-version.ts';
import { ToolchainError } from './toolchain-error.ts';

/** A Terraform or OpenTofu that was found, and the version it names. */
export interface TerraformCandidate {
  readonly path: string;
  /** Undefined when it cannot be run. */
  readonly version: string | undefined;
}

/** Where a Terraform may come from, best first. */
export interface TerraformCandidates {
  /** What the person asks for by TERRAFORM_BINARY_NAME. */
  readonly requested?: TerraformCandidate | undefined;
  /** `terraform` on PATH. */
  readonly terraform?: TerraformCandidate | undefined;
  /** `tofu` on PATH. */
  readonly tofu?: TerraformCandidate | undefined;
}

/**
 * Chooses the program that plans and applies: what is asked for, else `terraform`, else `tofu`, else undefined,
 * which means that OpenTofu has to be built.
 * @throws ToolchainError ZB-TOOL-005 when the choice is too old, ZB-TOOL-006 when what is asked for does not run.
 *   Falling back silently would plan with another program than the person believes.
 */
export function chooseTerraform(candidates: TerraformCandidates): string | undefined {
  const { requested, terraform, tofu } = candidates;
  if (requested !== undefined && requested.version === undefined) {
    throw new ToolchainError(
      'ZB-TOOL-006',
      `TERRAFORM_BINARY_NAME is "${requested.path}", which is not on PATH or does not answer "version"; correct it or unset it`,
    );
  }
  const chosen = requested ?? [terraform, tofu].find((candidate) => candidate?.version !== undefined);
  if (chosen?.version === undefined) return undefined;
  if (isOlder(chosen.version, OLDEST_TERRAFORM)) {
    throw new ToolchainError(
      'ZB-TOOL-005',
      `${chosen.path} is version ${chosen.version}; ${OLDEST_TERRAFORM} or newer is needed. Upgrade it, set TERRAFORM_BINARY_NAME to a newer terraform or tofu, or take it off PATH: OpenTofu is then built from its Go modules`,
    );
  }
  return chosen.path;
}

/** Whether a version comes before another by its three numbers. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
