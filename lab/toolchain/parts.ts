import { access } from 'node:fs/promises';
import path from 'node:path';

import { describeImage, type Image, makeImage } from '../images/image.ts';
import { IMAGES } from '../images/image-recipes.ts';
import { describeNodeBundle } from '../images/node-bundle.ts';
import { describeNodeRuntime, makeNodeRuntime, type NodeRuntime } from '../images/node-runtime.ts';
import { describeImageRoot, makeImageRoot } from '../images/image-root.ts';
import { installPackages, missingPackages } from './debian-packages.ts';
import { buildGoProgram, describeGoBuild, type GoBuild } from './go-build.ts';
import { GO_PROGRAMS, OPENTOFU } from './go-programs.ts';
import { type ToolchainMachine } from './machine.ts';
import { locateProgram, locateTerraform } from './program-location.ts';
import { versionReader } from './program-version.ts';
import { describeProviderMirror, makeProviderMirror, type ProviderMirror } from './provider-mirror.ts';
import {
  describePromtool,
  locateUnpackedProgram,
  type UnpackedProgram,
  unpackProgram,
} from './unpacked-program.ts';

/** One thing that has to be on the machine before a centre can start. */
export interface ToolchainPart {
  /** What a person reads while it is made: `kube-apiserver 1.34.4`. */
  readonly what: string;
  readonly expectedSeconds: number;
  /** Whether it is there and right. Fast, changes nothing. */
  readonly isReady: () => Promise<boolean>;
  /** Makes it; what is interrupted leaves nothing that looks finished. */
  readonly make: () => Promise<void>;
}

/** Where each part of the toolchain is, or will be. Computed from the repository alone, without looking for any. */
export interface ToolchainLayout {
  readonly cache: string;
  readonly builds: readonly GoBuild[];
  readonly openTofu: GoBuild;
  readonly promtool: UnpackedProgram;
  readonly mirror: ProviderMirror;
  readonly nodeRuntime: NodeRuntime;
  readonly images: readonly Image[];
  readonly imageRoot: string;
}

/** Reads the pinned modules and recipes and derives every place in the cache from them. */
export async function layOutToolchain(cache: string): Promise<ToolchainLayout> {
  const builds = await Promise.all(GO_PROGRAMS.map((program) => describeGoBuild(program, cache)));
  const bundles = await Promise.all([
    describeNodeBundle('operator', cache),
    describeNodeBundle('movers', cache),
  ]);
  const images = IMAGES.map((recipe) => describeImage(recipe, { builds, bundles }, cache));
  return {
    cache,
    builds,
    openTofu: await describeGoBuild(OPENTOFU, cache),
    promtool: describePromtool(cache),
    mirror: describeProviderMirror(requireBuild(builds, 'terraform-provider-kubectl'), cache),
    nodeRuntime: describeNodeRuntime(cache),
    images,
    imageRoot: describeImageRoot(images, cache),
  };
}

/** The build of that name; throws when no program has it. */
export function requireBuild(builds: readonly GoBuild[], name: string): GoBuild {
  const build = builds.find((candidate) => candidate.program.name === name);
  if (build === undefined) throw new RangeError(`no program "${name}" is built for the lab`);
  return build;
}

/** Folder for unfinished work. Whoever holds the lock of the cache may empty it. */
export function partialDirectory(cache: string): string {
  return path.join(cache, 'partial');
}

/** Every part, in an order in which each can be made once those before it are there. */
export function toolchainParts(layout: ToolchainLayout, machine: ToolchainMachine): readonly ToolchainPart[] {
  return [...programParts(layout, machine), ...imageParts(layout, machine)];
}

/** What commands run. */
export function programParts(layout: ToolchainLayout, machine: ToolchainMachine): readonly ToolchainPart[] {
  return [
    debianPackages(machine),
    unpacked(layout.promtool, layout, machine),
    ...layout.builds.map((build) => goProgram(build, layout, machine)),
    terraform(layout, machine),
    providerMirror(layout),
  ];
}

/** What centres start from: another one as soon as the source of the operator is. */
function imageParts(layout: ToolchainLayout, machine: ToolchainMachine): readonly ToolchainPart[] {
  return [
    nodeRuntime(layout, machine),
    ...layout.images.map((image) => imageArchive(image, layout, machine)),
    imageRoot(layout, machine),
  ];
}

function debianPackages({ find, run }: ToolchainMachine): ToolchainPart {
  return {
    what: 'Debian packages',
    expectedSeconds: 30,
    isReady: async () => (await missingPackages(find)).length === 0,
    make: async () => {
      await installPackages(await missingPackages(find), run);
    },
  };
}

function unpacked(
  program: UnpackedProgram,
  { cache }: ToolchainLayout,
  { find, run }: ToolchainMachine,
): ToolchainPart {
  return {
    what: program.name,
    expectedSeconds: 5,
    isReady: async () => (await locateUnpackedProgram(program, find)) !== undefined,
    make: () => unpackProgram(program, partialDirectory(cache), run),
  };
}

function goProgram(build: GoBuild, { cache }: ToolchainLayout, machine: ToolchainMachine): ToolchainPart {
  return {
    what: `${build.program.name} ${build.version}`,
    expectedSeconds: build.program.expectedSeconds,
    isReady: async () => (await locateProgram(build, machine)) !== undefined,
    make: () => makeProgram(build, cache, machine),
  };
}

/** What was just built is always run, never answered for from memory. */
function makeProgram(build: GoBuild, cache: string, { run }: ToolchainMachine): Promise<void> {
  return buildGoProgram(build, partialDirectory(cache), { run, readVersion: versionReader(run) });
}

function terraform({ openTofu, cache }: ToolchainLayout, machine: ToolchainMachine): ToolchainPart {
  return {
    what: `OpenTofu ${openTofu.version}, because no Terraform is on PATH`,
    expectedSeconds: openTofu.program.expectedSeconds,
    isReady: async () => (await locateTerraform(openTofu, machine)) !== undefined,
    make: () => makeProgram(openTofu, cache, machine),
  };
}

function providerMirror({ mirror, builds, cache }: ToolchainLayout): ToolchainPart {
  const provider = requireBuild(builds, 'terraform-provider-kubectl');
  return {
    what: 'Terraform provider mirror',
    expectedSeconds: 1,
    isReady: () => exists(mirror.config),
    make: () => makeProviderMirror(mirror, provider, partialDirectory(cache)),
  };
}

function nodeRuntime(
  { nodeRuntime: runtime, cache }: ToolchainLayout,
  { run }: ToolchainMachine,
): ToolchainPart {
  return {
    what: "Node's libraries, for images",
    expectedSeconds: 5,
    isReady: () => exists(runtime.libraries),
    make: () => makeNodeRuntime(runtime, partialDirectory(cache), run),
  };
}

function imageArchive(image: Image, { cache }: ToolchainLayout, { run }: ToolchainMachine): ToolchainPart {
  return {
    what: `image ${image.recipe.name}`,
    expectedSeconds: image.recipe.expectedSeconds,
    isReady: () => exists(image.archive),
    make: async () => {
      await makeImage(image, partialDirectory(cache), run);
    },
  };
}

function imageRoot(
  { imageRoot: root, images, cache }: ToolchainLayout,
  { run }: ToolchainMachine,
): ToolchainPart {
  return {
    what: 'store of images',
    expectedSeconds: 5,
    isReady: () => exists(root),
    make: () => makeImageRoot(root, images, partialDirectory(cache), run),
  };
}

/** Enough for what is renamed into place only when complete. */
async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
