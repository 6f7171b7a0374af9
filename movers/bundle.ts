/**
 * Makes the movers one file for their image: `node movers/bundle.ts <folder> [<version>]` writes `mover.mjs`, its source map,
 * the licences of what is in it and the list of its packages.
 */
import { bundleByArguments, type BundledProgram } from '../operators/bundling/bundle-program.ts';

/** The movers: what of the operator they use is named in docs/explanation/architecture.md. */
export const MOVERS: BundledProgram = {
  entry: 'movers/main.ts',
  bundle: 'mover.mjs',
  sources: ['movers', 'operators/api', 'operators/metrics', 'operators/runtime'],
};

if (import.meta.main) await bundleByArguments(MOVERS, 'movers/bundle.ts');
