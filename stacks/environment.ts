import { StackError } from './stack-error.ts';

/** What the environment of a synthesis says. */
export interface StackEnvironment {
  /** Folder of the site: `ZAIBEI_SITE`, `config/lab` unless set. */
  readonly site: string;
  /**
   * Folder for the synthesized JSON and Terraform's working folders: `CDKTF_OUTDIR`, which the command line of cdktf sets
   * for the program it calls, else `CDKTF_OUTPUT`, by which people set it for that command line.
   */
  readonly outdir: string;
  /** Centres whose stacks are wanted: `ZAIBEI_CENTRES`, separated by commas; all of them unless set. */
  readonly centres?: readonly string[];
  /** Kubeconfig by which Terraform's providers find the clusters: `KUBE_CONFIG_PATH`. */
  readonly kubeconfig?: string;
}

/** Variables that outweigh the context in a stack: one cluster would then get the objects of all centres. */
const OUTWEIGH_CONTEXT = [
  'KUBE_HOST',
  'KUBE_TOKEN',
  'KUBE_USER',
  'KUBE_PASSWORD',
  'KUBE_CLIENT_CERT_DATA',
  'KUBE_CLIENT_KEY_DATA',
  'KUBE_CLUSTER_CA_CERT_DATA',
  'KUBE_CTX_CLUSTER',
  'KUBE_CTX_AUTH_INFO',
  'KUBE_CONFIG',
  'KUBE_CONFIG_PATHS',
  'KUBE_LOAD_CONFIG_FILE',
] as const;

/** Variables that lead every connection elsewhere, or let anybody answer it: a kubeconfig says this by cluster. */
const WEAKEN_CONNECTION = ['KUBE_PROXY_URL', 'KUBE_INSECURE', 'KUBE_TLS_SERVER_NAME'] as const;

/**
 * Variables by which all stacks would share what each has to itself: another state, the working data of another stack, or
 * arguments such as `-target` and `-state` that nobody sees. The last end in the name of a command: `TF_CLI_ARGS_plan`.
 */
const SHARE_TERRAFORM = /^TF_(WORKSPACE|DATA_DIR|CLI_ARGS(_.+)?)$/;

/** @throws StackError `ZB-STK-002` for variables that would lead stacks to another cluster or state than their own */
export function readEnvironment(variables: NodeJS.ProcessEnv): StackEnvironment {
  const set = Object.keys(variables).filter((name) => (variables[name] ?? '') !== '');
  const refuse = (offending: readonly string[], problem: string): void => {
    if (offending.length > 0)
      throw new StackError('ZB-STK-002', offending.join(', '), `${problem}; unset it`);
  };
  refuse(
    OUTWEIGH_CONTEXT.filter((name) => set.includes(name)),
    "would outweigh the context of each stack, and send every centre's objects to one cluster",
  );
  refuse(
    WEAKEN_CONNECTION.filter((name) => set.includes(name)),
    'would change how every cluster is reached; such a setting belongs to one cluster in the kubeconfig',
  );
  refuse(
    set.filter((name) => SHARE_TERRAFORM.test(name)).sort(),
    'would change what Terraform does in every stack alike, unseen',
  );
  const { ZAIBEI_SITE, ZAIBEI_CENTRES, CDKTF_OUTDIR, CDKTF_OUTPUT, KUBE_CONFIG_PATH, KUBECONFIG } = variables;
  if (KUBE_CONFIG_PATH && KUBECONFIG && KUBE_CONFIG_PATH !== KUBECONFIG) {
    const problem = `names ${KUBECONFIG}, and KUBE_CONFIG_PATH ${KUBE_CONFIG_PATH}; one provider prefers the one, one the other: set both alike`;
    throw new StackError('ZB-STK-002', 'KUBECONFIG', problem);
  }
  const centres = (ZAIBEI_CENTRES ?? '').split(',').flatMap((name) => name.trim() || []);
  return {
    site: ZAIBEI_SITE ?? 'config/lab',
    outdir: CDKTF_OUTDIR ?? CDKTF_OUTPUT ?? 'cdktf.out',
    ...(centres.length > 0 && { centres }),
    ...(KUBE_CONFIG_PATH && { kubeconfig: KUBE_CONFIG_PATH }),
  };
}
