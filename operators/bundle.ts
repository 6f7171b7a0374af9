/**
 * Makes the operator one file for its image: `node operators/bundle.ts <folder> [<version>]` writes `operator.mjs`, its
 * source map and the licences of what is in it.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { leanDependencies } from './bundling/lean-dependencies.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Name of the bundle within its folder. */
export const BUNDLE = 'operator.mjs';

/** Packages in CommonJS ask for Node's modules by `require`, which modules have not. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/**
 * Makes the bundle.
 * @param version what the program says of itself; default: {@link sourceVersion}
 * @returns size of the program in bytes
 */
export async function bundleOperator(folder: string, version = sourceVersion()): Promise<number> {
  const outfile = path.join(folder, BUNDLE);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['operators/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // Names are kept: they are in stack traces, and in the names of errors.
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'external',
    legalComments: 'external',
    metafile: true,
    banner: { js: REQUIRE },
    define: { ZAIBEI_VERSION: JSON.stringify(version) },
    plugins: [leanDependencies],
    logLevel: 'warning',
  });
  return metafile.outputs[path.relative(ROOT, outfile)]?.bytes ?? 0;
}

/** Version of the package with the commit it is made from: `0.1.0+3f2a9c1`, and `.changed` where files differ from it. */
export function sourceVersion(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed =
      git('status', '--porcelain', '--', 'operators', 'package-lock.json') === '' ? '' : '.changed';
    return `${packageJson.version}+${git('rev-parse', '--short', 'HEAD')}${changed}`;
  } catch {
    // An archive of the sources has no commit.
    return packageJson.version;
  }
}

if (import.meta.main) {
  const [folder, version] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('usage: node operators/bundle.ts <folder> [<version>]\n');
    process.exitCode = 2;
  } else {
    const bytes = await bundleOperator(folder, version);
    process.stderr.write(`${path.join(folder, BUNDLE)}: ${Math.round(bytes / 1024)} KiB\n`);
  }
}
