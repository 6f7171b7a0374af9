/** Programs that the lab runs from its own build or from Debian's packages. */
export type ProgramName =
  | 'etcd'
  | 'etcdctl'
  | 'etcdutl'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kube-proxy'
  | 'kubelet'
  | 'kubectl'
  | 'containerd'
  | 'ctr'
  | 'tini'
  | 'terraform';

/** Everything that has to be on the machine before a centre can start, found or built once and then reused. */
export interface Toolchain {
  /** Absolute path of each program. */
  readonly programs: Readonly<Record<ProgramName, string>>;
  /** A containerd root that holds nothing but the lab's images; each centre starts from hard links to it. */
  readonly imageRoot: string;
  /** Terraform CLI configuration (`TF_CLI_CONFIG_FILE`) that finds the provider built here. */
  readonly terraformConfig: string;
}
