import { build, type Metafile } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { leanDependencies } from './lean-dependencies.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Packages in CommonJS ask for Node's modules by `require`, which modules have not. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** A program that is made one file for an image. */
export interface BundledProgram {
  /** File with its main module, from the root of the project. */
  readonly entry: string;
  /** Folders whose files, besides the libraries', decide what is in it. */
  readonly sources: readonly string[];
  /** Name of the bundle within its folder. */
  readonly bundle: string;
}

/** An npm package of which something is in a bundle. */
export const bundledPackageSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
});

/** An npm package of which something is in a bundle. */
export type BundledPackage = z.infer<typeof bundledPackageSchema>;

/**
 * Makes a bundle: the program, its source map, the licences of what is in it (`.LEGAL.txt`) and the list of the npm packages
 * (`.packages.json`, {@link BundledPackage}[]).
 * @param version what the program says of itself; default: {@link sourceVersion}
 * @returns size of the program in bytes
 */
export async function bundleProgram(
  { entry, bundle, sources }: BundledProgram,
  folder: string,
  version = sourceVersion(sources),
): Promise<number> {
  const outfile = path.join(folder, bundle);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
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
  await writeFile(`${outfile}.packages.json`, JSON.stringify(await packagesIn(metafile)));
  return metafile.outputs[path.relative(ROOT, outfile)]?.bytes ?? 0;
}

/** Version of the package with the commit it is made from: `0.1.0+3f2a9c1`, and `.changed` where files differ from it. */
export function sourceVersion(sources: readonly string[]): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed =
      git('status', '--porcelain', '--', ...sources, 'package-lock.json') === '' ? '' : '.changed';
    return `${packageJson.version}+${git('rev-parse', '--short', 'HEAD')}${changed}`;
  } catch {
    // An archive of the sources has no commit.
    return packageJson.version;
  }
}

/** Does what `node <bundler> <folder> [<version>]` asks for. */
export async function bundleByArguments(program: BundledProgram, usage: string): Promise<void> {
  const [folder, version] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write(`usage: node ${usage} <folder> [<version>]\n`);
    process.exitCode = 2;
    return;
  }
  const bytes = await bundleProgram(program, folder, version);
  process.stderr.write(`${path.join(folder, program.bundle)}: ${Math.round(bytes / 1024)} KiB\n`);
}

async function packagesIn({ inputs }: Metafile): Promise<BundledPackage[]> {
  const folders = Object.keys(inputs).flatMap(
    (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  );
  const read = async (folder: string): Promise<BundledPackage> =>
    z
      .object(bundledPackageSchema.shape)
      .parse(JSON.parse(await readFile(path.join(ROOT, folder, 'package.json'), 'utf8')));
  return Promise.all([...new Set(folders)].sort().map(read));
}
