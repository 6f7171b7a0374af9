import { OPERATOR_NODE_OPTIONS } from '../../operators/api/layout/operator-program.ts';

/** How the files of an image come about. */
export type ImageFiles =
  /** One program of the toolchain at `/<program>` and nothing else. */
  | { readonly from: 'program'; readonly program: string }
  /** A Debian system of these packages and their dependencies. */
  | { readonly from: 'debian'; readonly packages: readonly string[] }
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

const NOBODY = '65532:65532';

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
    name: OPERATOR_IMAGE,
    files: { from: 'bundle' },
    entrypoint: ['/usr/bin/node', ...OPERATOR_NODE_OPTIONS, '/operator.mjs'],
    user: NOBODY,
    expectedSeconds: 5,
  },
];
