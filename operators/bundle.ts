/**
 * Makes the operator one file for its image: `node operators/bundle.ts <folder> [<version>]` writes `operator.mjs`, its
 * source map, the licences of what is in it and the list of its packages.
 */
import { bundleByArguments, bundleProgram, type BundledProgram } from './bundling/bundle-program.ts';

/** Name of the bundle within its folder. */
export const BUNDLE = 'operator.mjs';

const OPERATOR: BundledProgram = { entry: 'operators/main.ts', bundle: BUNDLE, sources: ['operators'] };

/**
 * Makes the bundle.
 * @param version what the program says of itself; default: the package's, with the commit
 * @returns size of the program in bytes
 */
export async function bundleOperator(folder: string, version?: string): Promise<number> {
  return bundleProgram(OPERATOR, folder, version);
}

if (import.meta.main) await bundleByArguments(OPERATOR, 'operators/bundle.ts');
