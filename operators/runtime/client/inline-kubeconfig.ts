import { load } from 'js-yaml';
import { z } from 'zod';

const clusterSchema = z
  .strictObject({
    server: z.url(),
    'certificate-authority-data': z.base64().optional(),
    'tls-server-name': z.string().optional(),
    'insecure-skip-tls-verify': z.boolean().optional(),
  })
  .refine((cluster) => cluster['insecure-skip-tls-verify'] !== true || isThisMachine(cluster.server), {
    path: ['insecure-skip-tls-verify'],
    message: 'a peer is never talked to without checking its certificate',
  });

const userSchema = z.strictObject({
  'client-certificate-data': z.base64().optional(),
  'client-key-data': z.base64().optional(),
  token: z.string().optional(),
});

const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })).min(1),
  users: z.array(z.object({ name: z.string(), user: userSchema })).min(1),
  contexts: z.array(
    z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) }),
  ),
});

/**
 * What keeps a kubeconfig from being used that comes from elsewhere, such as a Secret; undefined: nothing. It has to carry
 * everything in it: a path would be read from this machine, and a plugin run on it, for whoever may write that Secret.
 * @returns the field and the rule, never a value
 */
export function inlineKubeconfigProblem(text: string): string | undefined {
  let document: unknown;
  try {
    // By the parser that the client takes: what is judged here must be what is read there.
    document = load(text);
  } catch {
    return 'it is not YAML';
  }
  const issue = kubeconfigSchema.safeParse(document).error?.issues[0];
  if (issue === undefined) return undefined;
  const field = issue.path.join('.');
  const found = issue.code === 'unrecognized_keys' ? `: ${issue.keys.join(', ')} is not allowed here` : '';
  return issue.code === 'custom' ? `${field}: ${issue.message}` : `${field} is wrong${found}`;
}

function isThisMachine(server: string): boolean {
  return new URL(server).hostname === '127.0.0.1';
}
