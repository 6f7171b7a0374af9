/** A program that is built from Go modules pinned in this repository. */
export interface GoProgram {
  readonly name: string;
  /** Folder below `lab/toolchain/modules` whose go.mod and go.sum pin it. */
  readonly module: string;
  /** Go package of its main function. */
  readonly package: string;
  /** The required module whose version in go.mod is the program's. Absent: the program is our own, version 1.0.0. */
  readonly versionFrom?: string;
  /** Go variables to set for a version, where a program knows it only from its build. */
  readonly stamps?: (version: string) => Readonly<Record<string, string>>;
  /** Arguments that make it print its version. `build-info`: it cannot say, so Go's own record in the file is read. */
  readonly versionArguments: readonly string[] | 'build-info';
  /** Whether a program of exactly this version on PATH will do. Not where an image needs the static build. */
  readonly fromPath: boolean;
  /** Time of the first build on two cores, modules downloaded. */
  readonly expectedSeconds: number;
}

function etcd(name: string, folder: string, versionArgument: string, expectedSeconds: number): GoProgram {
  const goPackage = `go.etcd.io/etcd/${folder}/v3`;
  return {
    name,
    module: 'etcd',
    package: goPackage,
    versionFrom: goPackage,
    versionArguments: [versionArgument],
    fromPath: true,
    expectedSeconds,
  };
}

function kubernetes(name: string, expectedSeconds: number): GoProgram {
  return {
    name,
    module: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${name}`,
    versionFrom: 'k8s.io/kubernetes',
    stamps: kubernetesStamps,
    versionArguments: name === 'kubectl' ? ['version', '--client'] : ['--version'],
    fromPath: true,
    expectedSeconds,
  };
}

/** What Kubernetes' own build script stamps. Clients compare the numbers; kubectl warns about a skew without them. */
function kubernetesStamps(version: string): Record<string, string> {
  const [major = '', minor = ''] = version.split('.');
  const variables = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`k8s.io/component-base/version.${name}`, value]),
  );
}

/** Every Go program of the lab, in the order of their builds: the first of a module compiles what the others share. */
export const GO_PROGRAMS = [
  etcd('etcdctl', 'etcdctl', 'version', 37),
  etcd('etcdutl', 'etcdutl', 'version', 10),
  etcd('etcd', 'server', '--version', 10),
  kubernetes('kube-apiserver', 245),
  kubernetes('kube-controller-manager', 67),
  kubernetes('kube-scheduler', 7),
  kubernetes('kubelet', 21),
  kubernetes('kube-proxy', 14),
  kubernetes('kubectl', 40),
  {
    name: 'agnhost',
    module: 'kubernetes',
    package: 'k8s.io/kubernetes/test/images/agnhost',
    versionFrom: 'k8s.io/kubernetes',
    stamps: (version) => ({ 'main.Version': version }),
    versionArguments: ['--version'],
    fromPath: false,
    expectedSeconds: 7,
  },
  {
    name: 'coredns',
    module: 'coredns',
    package: '.',
    versionFrom: 'github.com/coredns/coredns',
    versionArguments: ['-version'],
    fromPath: false,
    expectedSeconds: 70,
  },
  {
    name: 'pause',
    module: 'pause',
    package: '.',
    stamps: (version) => ({ 'main.version': version }),
    versionArguments: ['-version'],
    fromPath: false,
    expectedSeconds: 2,
  },
  {
    name: 'terraform-provider-kubectl',
    module: 'terraform-provider-kubectl',
    package: 'github.com/gavinbunney/terraform-provider-kubectl',
    versionFrom: 'github.com/gavinbunney/terraform-provider-kubectl',
    versionArguments: 'build-info',
    fromPath: false,
    expectedSeconds: 110,
  },
] as const satisfies readonly GoProgram[];

/** Built only where neither Terraform nor OpenTofu is on PATH. */
export const OPENTOFU: GoProgram = {
  name: 'tofu',
  module: 'opentofu',
  package: 'github.com/opentofu/opentofu/cmd/tofu',
  versionFrom: 'github.com/opentofu/opentofu',
  stamps: () => ({ 'github.com/opentofu/opentofu/version.dev': 'no' }),
  versionArguments: ['version'],
  fromPath: false,
  expectedSeconds: 260,
};
