import { z } from 'zod';
import { PEER } from '../layout/identities.ts';
import { SYSTEM_NAMESPACE } from '../layout/namespaces.ts';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../layout/peer-secret.ts';
import { peerKubeconfig } from './peer-kubeconfig.ts';
import { PeeringError } from './peering-error.ts';

/** A request to an API server. */
export interface PeeringRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

/** A centre with the rights of whoever connects: how its API server is asked. */
export interface CentreAccess {
  readonly centre: string;
  /** Sends a request and resolves with the answer, whatever its status; rejects when none comes. */
  send(request: PeeringRequest): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Who is to read whom. */
export interface PeeringOptions {
  /** Centre whose operator is to read the other. */
  readonly reader: CentreAccess;
  /** Centre that is to be read. */
  readonly peer: CentreAccess;
  /** URL of the API server of `peer`, as `reader` reaches it. */
  readonly apiServer: string;
  /** How long the token is asked to hold, in seconds; the API server may give less. */
  readonly lifetime: number;
}

const configMapSchema = z.object({ data: z.object({ 'ca.crt': z.string().min(1) }) });

const tokenSchema = z.object({
  status: z.object({ token: z.string().min(1), expirationTimestamp: z.string() }),
});

const SYSTEM = `/api/v1/namespaces/${SYSTEM_NAMESPACE}`;

/**
 * Makes a centre readable for the operator of another: asks the peer for a token of its service account `zaibei-peer`, which
 * may read our kinds and nothing else, and puts it as a kubeconfig into a Secret of the reader. Done again it renews the token;
 * the operator takes it up within a minute. The token is nowhere but in these two requests and in the Secret.
 * @returns when the token expires, as the API server says it
 * @throws PeeringError
 */
export async function connectPeer({ reader, peer, apiServer, lifetime }: PeeringOptions): Promise<string> {
  const authority = await readAuthority(peer);
  const { token, expirationTimestamp } = await requestToken(peer, lifetime);
  await keepSecret(reader, peer.centre, peerKubeconfig({ peer: peer.centre, apiServer, authority, token }));
  return expirationTimestamp;
}

/** The certificates by which pods of the centre recognise its API server: Kubernetes puts them into every namespace. */
async function readAuthority(peer: CentreAccess): Promise<string> {
  const { status, body } = await peer.send({ method: 'GET', path: `${SYSTEM}/configmaps/kube-root-ca.crt` });
  const parsed = configMapSchema.safeParse(body);
  if (status !== 200 || !parsed.success) {
    const advice = `Deploy the foundation stack of ${peer.centre} first; its controller manager puts it there.`;
    throw new PeeringError(peer.centre, 'reading the ConfigMap kube-root-ca.crt', status, advice);
  }
  return parsed.data.data['ca.crt'];
}

async function requestToken(
  peer: CentreAccess,
  lifetime: number,
): Promise<z.infer<typeof tokenSchema>['status']> {
  const { status, body } = await peer.send({
    method: 'POST',
    path: `${SYSTEM}/serviceaccounts/${PEER}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: lifetime },
    },
  });
  const parsed = tokenSchema.safeParse(body);
  if (status !== 201 || !parsed.success) {
    const advice = `Deploy the foundation stack of ${peer.centre}, and connect with credentials that may create serviceaccounts/token in ${SYSTEM_NAMESPACE}.`;
    throw new PeeringError(peer.centre, `asking for a token of ${PEER}`, status, advice);
  }
  return parsed.data.status;
}

/** Creates the Secret or replaces it: to replace shows nothing of what was there, so no right to read is needed. */
async function keepSecret(reader: CentreAccess, peer: string, kubeconfig: string): Promise<void> {
  const name = peerSecretName(peer);
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name, namespace: SYSTEM_NAMESPACE },
    data: { [PEER_KUBECONFIG_KEY]: Buffer.from(kubeconfig).toString('base64') },
  };
  const created = await reader.send({ method: 'POST', path: `${SYSTEM}/secrets`, body });
  if (created.status === 201) return;
  const { status } =
    created.status === 409
      ? await reader.send({ method: 'PUT', path: `${SYSTEM}/secrets/${name}`, body })
      : created;
  if (status === 200) return;
  const advice = `Deploy the foundation stack of ${reader.centre}, and connect with credentials that may create and update Secrets in ${SYSTEM_NAMESPACE}.`;
  throw new PeeringError(reader.centre, `keeping the Secret ${name}`, status, advice);
}
