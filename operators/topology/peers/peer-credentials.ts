import { z } from 'zod';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../../api/layout/peer-secret.ts';
import { CredentialsError, type ApiClient, type ApiObject, type ResourceType } from '../../runtime/index.ts';
import { credentialsExpiry } from './credentials-expiry.ts';

/** A Secret, of which nothing is kept but the one value that is needed. */
interface PeerSecret extends ApiObject {
  readonly kubeconfig: string | undefined;
}

const dataSchema = z.object({ data: z.object({ [PEER_KUBECONFIG_KEY]: z.base64() }) });

const secretType: ResourceType<PeerSecret> = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  keep: (parsed) => {
    const { name, namespace, uid, resourceVersion } = parsed.metadata;
    const encoded = dataSchema.safeParse(parsed).data?.data[PEER_KUBECONFIG_KEY];
    return {
      apiVersion: parsed.apiVersion,
      kind: parsed.kind,
      metadata: { name, namespace, uid, resourceVersion },
      kubeconfig: encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString(),
    };
  },
};

/**
 * The kubeconfig by which a peer is read, from its Secret in the operator's own namespace. It is read by name again and again,
 * so that a Secret that was made, renewed or taken away is noticed without a restart; there is no right to list Secrets.
 */
export class PeerCredentials {
  readonly #client: ApiClient;
  readonly #key: string;
  #kubeconfig: string | undefined;
  /** Made once of each reading: it is asked for at every look at a peer, and a certificate is not quick to read. */
  #expiry: number | undefined;
  #problem = 'it was not read yet';

  /** @param client of the operator's own centre */
  constructor(client: ApiClient, namespace: string, peer: string) {
    this.#client = client;
    this.#key = `${namespace}/${peerSecretName(peer)}`;
  }

  /** What it is from, for messages. */
  get from(): string {
    return `Secret ${this.#key}`;
  }

  /** When what was read last expires, in wall-clock milliseconds; undefined: not known. */
  get expiry(): number | undefined {
    return this.#expiry;
  }

  /** Reads the Secret. Where that fails, what was read last stays. @throws OperatorError */
  async read(signal: AbortSignal): Promise<void> {
    const secret = await this.#client.find(secretType, this.#key, { signal });
    this.#kubeconfig = secret?.kubeconfig;
    this.#expiry = this.#kubeconfig === undefined ? undefined : credentialsExpiry(this.#kubeconfig);
    this.#problem = secret === undefined ? 'there is none' : `it has no key "${PEER_KUBECONFIG_KEY}"`;
  }

  /** The kubeconfig as it was read last. @throws CredentialsError where there is none */
  text(): string {
    if (this.#kubeconfig === undefined) throw new CredentialsError(this.from, this.#problem);
    return this.#kubeconfig;
  }
}
