import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MODULES_DIRECTORY } from '../toolchain/go-build.ts';
import { billOfMaterials, billSchema, type Component } from './bill-of-materials.ts';
import { debianComponents, readGoModule } from './read-components.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const STATUS = `Package: libc6
Status: install ok installed
Version: 2.36-9+deb12u14
Description: one
 Package: not a field

Package: gone
Status: deinstall ok config-files
Version: 1

Package: xz-utils
Status: install ok installed
Version: 5.4.1-1
`;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'zaibei-bill-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('what an image is made of', () => {
  it('is, of a Debian system, the packages that are installed', async () => {
    const layer = path.join(directory, 'layer.tar');
    const archive = pack();
    const written = pipeline(archive, createWriteStream(layer));
    archive.entry({ name: './etc/hosts' }, 'x');
    archive.entry({ name: './var/lib/dpkg/status' }, STATUS);
    archive.finalize();
    await written;
    expect(await debianComponents(layer)).toEqual([
      { name: 'libc6', version: '2.36-9+deb12u14', source: 'debian' },
      { name: 'xz-utils', version: '5.4.1-1', source: 'debian' },
    ]);
  });

  it('is, of a Go program, the modules that are pinned for it, as they are replaced', async () => {
    const module = await readFile(path.join(MODULES_DIRECTORY, 'kubernetes/go.mod'), 'utf8');
    const components = readGoModule(module);
    const required = module.match(/^\t\S+ v\S+( \/\/ indirect)?$/gm) ?? [];
    expect(components.length).toBeGreaterThanOrEqual(required.length);
    const api = components.find(({ name }) => name === 'k8s.io/api');
    expect(api?.version).toMatch(/^v0\.[1-9]/);
    expect(components.every(({ version }) => /^v\d/.test(version))).toBe(true);
  });
});

describe('a bill of materials', () => {
  const components: Component[] = [
    { name: '@noble/curves', version: '2.4.0', source: 'npm', license: 'MIT' },
    { name: 'libc6', version: '2.36-9+deb12u14', source: 'debian' },
    { name: 'node', version: '22.23.3', source: 'node' },
    { name: 'libc6', version: '2.36-9+deb12u14', source: 'debian' },
    { name: 'k8s.io/api', version: 'v0.34.4', source: 'go' },
  ];

  it('is valid, names every package by its address once, and is the same in whatever order they come', () => {
    const bill = billOfMaterials('zaibei/mover:1', DIGEST, components);
    expect(billSchema.safeParse(bill).success).toBe(true);
    expect(bill.components.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64&distro=bookworm',
      'pkg:generic/node@22.23.3',
      'pkg:golang/k8s.io/api@v0.34.4',
      'pkg:npm/%40noble/curves@2.4.0',
    ]);
    expect(bill.components.at(-1)?.licenses).toEqual([{ expression: 'MIT' }]);
    expect(billOfMaterials('zaibei/mover:1', DIGEST, components.toReversed())).toEqual(bill);
  });

  it('is refused where a component has no version', () => {
    expect(() => billOfMaterials('i:1', DIGEST, [{ name: 'x', version: '', source: 'npm' }])).toThrow(
      'version',
    );
  });
});
