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

/** @throws StackError `ZB-STK-002` for variables that would lead stacks to another cluster than their own */
export function readEnvironment(variables: NodeJS.ProcessEnv): StackEnvironment {
  const outweighing = OUTWEIGH_CONTEXT.filter((name) => (variables[name] ?? '') !== '');
  if (outweighing.length > 0) {
    const problem =
      "would outweigh the context of each stack, and send every centre's objects to one cluster; unset it";
    throw new StackError('ZB-STK-002', outweighing.join(', '), problem);
  }
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
