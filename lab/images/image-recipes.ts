import { OPERATOR_NODE_OPTIONS } from '../../operators/api/layout/operator-program.ts';
import { type DebianSystem } from './debian-system.ts';

/** How the files of an image come about. */
export type ImageFiles =
  /** One program of the toolchain at `/<program>` and nothing else. */
  | { readonly from: 'program'; readonly program: string }
  /** A Debian system. */
  | ({ readonly from: 'debian' } & DebianSystem)
  /** A Debian system with Node at `/usr/bin/node` and the movers as `/mover.mjs`. */
  | ({ readonly from: 'movers' } & DebianSystem)
  /** Node at `/usr/bin/node` and the operator as `/operator.mjs`, without a shell or any other program. */
  | { readonly from: 'bundle' };

/** An image of the lab, as data: to add one, add an entry to {@link IMAGES}. */
export interface ImageRecipe {
  /** Name in pods: `zaibei/pause:1`. containerd knows it as `docker.io/zaibei/pause:1`. */
  readonly name: string;
  readonly files: ImageFiles;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** `uid:gid`; numeric, so that the kubelet can check `runAsNonRoot`. */
  readonly user?: string;
  /** Time it takes to make, its program built. */
  readonly expectedSeconds: number;
}

/** Holds a pod's namespaces open while its containers come and go. */
export const PAUSE_IMAGE = 'zaibei/pause:1';

/** The lab's own build of CoreDNS. */
export const COREDNS_IMAGE = 'zaibei/coredns:1';

/** Kubernetes' own test image: servers and probes for tests with real packets. */
export const AGNHOST_IMAGE = 'zaibei/agnhost:1';

/** The operator of a centre, made of this very source. */
export const OPERATOR_IMAGE = 'zaibei/operator:1';

/** A small Debian system: what a tenant's workload is made of. */
export const DEBIAN_IMAGE = 'zaibei/debian:1';

/** PostgreSQL 15, as a department's database. */
export const POSTGRES_IMAGE = 'zaibei/postgres:1';

/** User and group `postgres` of that image. */
export const POSTGRES_USER = { uid: 999, gid: 999 } as const;

/** What runs in Jobs, and beside volumes: the movers with the programs that they supervise. */
export const MOVER_IMAGE = 'zaibei/mover:1';

const NOBODY = '65532:65532';

/** Perl's library, which only programs need that run while packages are installed. The essential part of it stays. */
const PERL_LIBRARY = [
  '/usr/share/perl',
  '/usr/lib/x86_64-linux-gnu/perl',
  '/usr/lib/x86_64-linux-gnu/libperl.so.5.36',
  '/usr/lib/x86_64-linux-gnu/libperl.so.5.36.0',
];

/** With which PostgreSQL compiles queries (JIT): 133 MB. Without it, `jit` has no effect. */
const COMPILER_OF_QUERIES = [
  '/usr/lib/llvm-14/*',
  '/usr/lib/postgresql/15/lib/bitcode/*',
  '/usr/lib/postgresql/15/lib/llvmjit*',
  '/usr/lib/x86_64-linux-gnu/libLLVM*',
  '/usr/lib/x86_64-linux-gnu/libz3.so*',
];

/** The key that Debian's ssl-cert makes at installation: another one each time, and for everybody to read in the image. */
const SNAKE_OIL = ['/etc/ssl/private/ssl-cert-snakeoil.key', '/etc/ssl/certs/ssl-cert-snakeoil.pem'];

/** Every image that pods of the lab run; no pod pulls anything from anywhere. */
export const IMAGES: readonly ImageRecipe[] = [
  {
    name: PAUSE_IMAGE,
    files: { from: 'program', program: 'pause' },
    entrypoint: ['/pause'],
    user: NOBODY,
    expectedSeconds: 1,
  },
  {
    name: COREDNS_IMAGE, // root within the pod, where it keeps only the right to bind port 53
    files: { from: 'program', program: 'coredns' },
    entrypoint: ['/coredns'],
    expectedSeconds: 1,
  },
  {
    name: AGNHOST_IMAGE,
    files: { from: 'program', program: 'agnhost' },
    entrypoint: ['/agnhost'],
    command: ['pause'],
    user: NOBODY,
    expectedSeconds: 1,
  },
  {
    name: DEBIAN_IMAGE,
    files: { from: 'debian', packages: ['bash', 'coreutils', 'tar', 'util-linux'] },
    command: ['/bin/bash'],
    user: NOBODY,
    expectedSeconds: 40,
  },
  {
    name: POSTGRES_IMAGE,
    files: {
      from: 'debian',
      packages: ['bash', 'coreutils', 'locales', 'postgresql-15', 'util-linux'],
      omitted: [...COMPILER_OF_QUERIES, '/usr/share/i18n/*'],
      // Fixed, because the files of a volume belong to a number; and PostgreSQL refuses to run as one without a name.
      users: [{ name: 'postgres', ...POSTGRES_USER, home: '/var/lib/postgresql' }],
      files: { '/etc/postgresql-common/createcluster.conf': 'create_main_cluster = false\n' },
      removed: [...PERL_LIBRARY, ...SNAKE_OIL],
    },
    command: ['/bin/bash'],
    user: `${POSTGRES_USER.uid}:${POSTGRES_USER.gid}`,
    expectedSeconds: 90,
  },
  {
    name: MOVER_IMAGE,
    files: {
      from: 'movers',
      packages: [
        'libstdc++6', // of Node
        'postgresql-client-15',
        'rsync',
        'stunnel4',
        'systemd-standalone-sysusers', // asked for by stunnel4, which would bring systemd instead
      ],
      removed: PERL_LIBRARY,
    },
    entrypoint: ['/usr/bin/node', '/mover.mjs'],
    user: NOBODY,
    expectedSeconds: 60,
  },
  {
    name: OPERATOR_IMAGE,
    files: { from: 'bundle' },
    entrypoint: ['/usr/bin/node', ...OPERATOR_NODE_OPTIONS, '/operator.mjs'],
    user: NOBODY,
    expectedSeconds: 5,
  },
];
