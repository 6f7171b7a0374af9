import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { type GoBuild } from './go-build.ts';
import { GO_PROGRAMS } from './go-programs.ts';
import { requireBuild } from './parts.ts';
import { describeProviderMirror, makeProviderMirror } from './provider-mirror.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'zaibei-mirror-'));
});

afterEach(() => rm(cache, { recursive: true }));

it('a provider is found by Terraform and by OpenTofu, and nothing else is looked for in its mirror', async () => {
  const file = path.join(cache, 'terraform-provider-kubectl');
  await writeFile(file, 'provider');
  const builds = GO_PROGRAMS.map((program): GoBuild => ({
    program,
    version: '1.19.0',
    key: 'k',
    path: file,
    flags: [],
  }));
  const build = requireBuild(builds, 'terraform-provider-kubectl');
  const mirror = describeProviderMirror(build, cache);
  await mkdir(mirror.directory, { recursive: true }); // half of one, from a version that did not rename
  await makeProviderMirror(mirror, build, path.join(cache, 'partial'));
  for (const registry of ['registry.terraform.io', 'registry.opentofu.org']) {
    const place = `${registry}/gavinbunney/kubectl/1.19.0/linux_amd64/terraform-provider-kubectl_v1.19.0`;
    const provider = path.join(mirror.directory, place);
    expect((await stat(provider)).ino).toBe((await stat(file)).ino); // a link: it is 60 MB
  }
  const config = await readFile(mirror.config, 'utf8');
  expect(config.replaceAll(mirror.directory, '<mirror>')).toMatchInlineSnapshot(`
    "provider_installation {
      filesystem_mirror {
        path    = "<mirror>"
        include = ["registry.terraform.io/gavinbunney/kubectl","registry.opentofu.org/gavinbunney/kubectl"]
      }
      direct {
        exclude = ["registry.terraform.io/gavinbunney/kubectl","registry.opentofu.org/gavinbunney/kubectl"]
      }
    }
    "
  `);
  expect(await readdir(path.join(cache, 'partial'))).toEqual([]);
});
