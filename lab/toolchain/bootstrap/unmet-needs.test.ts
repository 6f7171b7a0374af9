import { describe, expect, it } from 'vitest';

import { type MachineFacts } from './machine-facts.mjs';
import { describeNeeds, unmetNeeds } from './unmet-needs.mjs';

const disk = { directory: '/', device: 1, freeGibibytes: 100 };

const fit: MachineFacts = {
  platform: 'linux',
  architecture: 'x64',
  nodeVersion: '20.20.2',
  distribution: 'debian',
  isRoot: true,
  mayAdminister: true,
  goVersion: '1.26.8',
  hasNpm: true,
  kernelConfig: ['OVERLAY_FS=y', 'NF_TABLES=m', 'BRIDGE=m', 'VETH=m', 'NET_NS=y', 'PID_NS=y']
    .map((option) => `CONFIG_${option}\n`)
    .join(''),
  memoryGibibytes: 8,
  disks: { cache: disk, go: disk, repository: disk },
  isCacheEmpty: true,
};

const lacking = (changed: Partial<MachineFacts>): string =>
  unmetNeeds({ ...fit, ...changed }, 'lab')
    .map(({ lacks }) => lacks)
    .join('\n');

describe('what a machine lacks', () => {
  it('is nothing on a Debian machine with Go, root and room', () => {
    expect(unmetNeeds(fit, 'lab')).toEqual([]);
    expect(unmetNeeds({ ...fit, distribution: 'ubuntu debian', goVersion: '1.21.0' }, 'test')).toEqual([]);
  });

  it('is said in one message that lists everything and what to do about each', () => {
    const nothing: MachineFacts = {
      ...fit,
      nodeVersion: '16.20.0',
      distribution: 'fedora',
      isRoot: false,
      goVersion: '1.19.8',
      hasNpm: false,
      kernelConfig:
        'CONFIG_BRIDGE=y\nCONFIG_VETH=m\nCONFIG_NET_NS=y\nCONFIG_PID_NS=y\n# CONFIG_NF_TABLES is not set\n',
      memoryGibibytes: 2,
      disks: { cache: { ...disk, freeGibibytes: 3 }, go: { ...disk, freeGibibytes: 3 }, repository: disk },
    };
    expect(describeNeeds(unmetNeeds(nothing, 'lab'), 'lab')).toMatchInlineSnapshot(`
      "ZB-PREP-001: this machine lacks 8 things that zaibei's lab and its tests need:
        1. Node 18 or newer; this is 16.20.0
           → install a newer Node; it only has to start npm, the project brings the Node 22 it runs on
        2. npm
           → install npm; it comes with Node, or as the Debian package npm
        3. Debian or a system derived from it; this is fedora
           → use Debian 12: the lab takes containerd, runc and its network tools from Debian packages
        4. the rights of root: centres are network and process namespaces with mounts of their own
           → run the same command as root, with node and go on its PATH
        5. Go 1.21 or newer on PATH; found 1.19.8
           → unpack the archive of go.dev/dl into /usr/local and put /usr/local/go/bin on PATH (Debian 12's own is 1.19)
        6. kernel features: overlay (file systems of containers), nf_tables (services and network policies)
           → boot a kernel with CONFIG_OVERLAY_FS, CONFIG_NF_TABLES; Debian's has them all
        7. 3.5 GiB of memory; there are 2.0
           → give the machine 4 GiB or more
        8. 10 GiB of free disk under /, /, /; there are 3.0
           → make room, or set ZAIBEI_CACHE (and GOCACHE, GOMODCACHE) to folders on a larger disk
      Nothing was changed.
      "
    `);
  });

  it('is only Node and npm where no lab is wanted', () => {
    const mac = { ...fit, platform: 'darwin', architecture: 'arm64', isRoot: false, goVersion: undefined };
    expect(unmetNeeds(mac, 'packages')).toEqual([]);
    const needs = unmetNeeds({ ...mac, hasNpm: false }, 'packages');
    expect(describeNeeds(needs, 'packages')).toContain('lacks one thing that zaibei needs:\n  1. npm');
  });

  it.each([
    ['root without its rights, as in a container', { mayAdminister: false }, 'CAP_SYS_ADMIN'],
    ['another architecture', { architecture: 'arm64' }, 'this is linux on arm64'],
    ['no Go', { goVersion: undefined }, 'found none'],
    ['an old Go', { goVersion: '1.20.14' }, 'found 1.20.14'],
    [
      'a kernel without overlay',
      { kernelConfig: (fit.kernelConfig ?? '').replace('OVERLAY_FS=y', '') },
      'overlay',
    ],
  ])('names %s', (_, changed, message) => {
    expect(lacking(changed)).toContain(message);
  });

  it('gives a kernel that does not tell its options the benefit of doubt', () => {
    expect(lacking({ kernelConfig: undefined, mayAdminister: undefined, disks: undefined })).toBe('');
  });

  it('adds up what folders on one disk need, and keeps disks apart', () => {
    const small = { ...disk, freeGibibytes: 8 };
    expect(lacking({ disks: { cache: small, go: small, repository: small } })).toContain(
      '10 GiB of free disk',
    );
    const apart = { cache: { ...small, device: 2 }, go: small, repository: { ...small, device: 3 } };
    expect(lacking({ disks: apart })).toBe('');
    expect(lacking({ disks: { cache: small, go: small, repository: small }, isCacheEmpty: false })).toBe('');
  });
});
