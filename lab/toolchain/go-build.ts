import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from './bound-process.ts';
import { buildFailure } from './build-failure.ts';
import { cacheKey } from './digest.ts';
import { type GoProgram } from './go-programs.ts';
import { ToolchainError } from './toolchain-error.ts';
import { type ReadVersion } from './program-version.ts';

/** Folder with one pinned Go module per tool. */
export const MODULES_DIRECTORY = path.join(import.meta.dirname, 'modules');

/** A program together with what its module pins: everything that decides the bytes of the build. */
export interface GoBuild {
  readonly program: GoProgram;
  /** Version as the program prints it, without `v`. */
  readonly version: string;
  /** Digest over module files, package and flags: another key, another build. */
  readonly key: string;
  /** Where the built program is, or will be, in the cache. */
  readonly path: string;
  /** Arguments of `go build`, without output and package. */
  readonly flags: readonly string[];
}

/**
 * Says how a program is built and where the cache keeps it, without building.
 * @param modules folder of the pinned modules
 */
export async function describeGoBuild(
  program: GoProgram,
  cache: string,
  modules: string = MODULES_DIRECTORY,
): Promise<GoBuild> {
  const files = await readModule(path.join(modules, program.module));
  const version = pinnedVersion(program, files.get('go.mod') ?? '');
  const stamps = Object.entries(program.stamps?.(version) ?? {}).map(
    ([name, value]) => `-X ${name}=${value}`,
  );
  // Debug data would double the size. Commit stamps would make a new binary of each of our own commits.
  const flags = [
    '-mod=readonly',
    '-trimpath',
    '-buildvcs=false',
    `-ldflags=${['-s -w', ...stamps].join(' ')}`,
  ];
  const key = cacheKey([program.package, ...flags, ...[...files].flat()]);
  const file = path.join(cache, 'programs', program.name, `${version}-${key}`, program.name);
  return { program, version, key, path: file, flags };
}

/** Effects of {@link buildGoProgram}, replaced in tests. */
export interface GoBuildEffects {
  readonly run: RunBound;
  readonly readVersion: ReadVersion;
}

/**
 * Builds a program into the cache. It appears there only complete and only after it has been run and has named
 * the pinned version, whenever the build is interrupted.
 * @param partial folder for unfinished work, on the file system of the cache
 * @throws ToolchainError ZB-TOOL-002 (build failed), 003 (wrong version), 004 (disk full)
 */
export async function buildGoProgram(
  build: GoBuild,
  partial: string,
  effects: GoBuildEffects,
  modules: string = MODULES_DIRECTORY,
): Promise<void> {
  const { program, version } = build;
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, `${program.name}-`));
  try {
    const output = path.join(work, program.name);
    const folder = path.join(modules, program.module);
    const args = ['-C', folder, 'build', ...build.flags, '-o', output, program.package];
    await effects.run('go', args, { environment: GO_ENVIRONMENT });
    const built = await effects.readVersion(output, program.versionArguments);
    if (built !== version) {
      throw new ToolchainError(
        'ZB-TOOL-003',
        `${program.name} was built but says version ${built ?? 'nothing'}, pinned is ${version}; look at lab/toolchain/modules/${program.module}/go.mod`,
      );
    }
    const target = path.dirname(build.path);
    await rm(target, { recursive: true, force: true });
    await mkdir(path.dirname(target), { recursive: true });
    await rename(work, target);
  } catch (error) {
    throw error instanceof ToolchainError ? error : await buildFailure(program.name, partial, error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const GO_ENVIRONMENT = {
  CGO_ENABLED: '0', // static programs: they run in images without a C library
  GOOS: 'linux',
  GOARCH: 'amd64',
  GOTOOLCHAIN: 'auto', // an older Go fetches the one that go.mod names
  GOWORK: 'off', // a go.work above the repository would replace the pinned modules
  GOFLAGS: '-buildvcs=false', // takes the place of the user's own flags, which could change the build
};

/** The files of a module folder that decide its build, by name, sorted. */
async function readModule(directory: string): Promise<Map<string, string>> {
  const names = (await readdir(directory)).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(directory, name), 'utf8')));
  return new Map(names.map((name, index) => [name, texts[index] ?? '']));
}

function pinnedVersion(program: GoProgram, goMod: string): string {
  if (program.versionFrom === undefined) return '1.0.0';
  for (const line of goMod.split('\n')) {
    const [module, version] = line
      .replace(/^\s*require\s+/, '')
      .trim()
      .split(/\s+/);
    if (module === program.versionFrom && version?.startsWith('v')) return version.slice(1);
  }
  throw new ToolchainError(
    'ZB-TOOL-003',
    `lab/toolchain/modules/${program.module}/go.mod does not require ${program.versionFrom}, so the version of ${program.name} is not known; add it and run "go mod tidy" there`,
  );
}
