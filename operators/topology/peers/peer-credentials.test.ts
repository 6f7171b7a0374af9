import { describe, expect, it } from 'vitest';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../../api/layout/peer-secret.ts';
import { peerKubeconfig } from '../../api/peering/peer-kubeconfig.ts';
import { CredentialsError, type NewObject, type ResourceType } from '../../runtime/index.ts';
import { TestOperator } from '../../runtime/testing/test-operator.ts';
import { PeerCredentials } from './peer-credentials.ts';

const NAMESPACE = 'zaibei-system';

const SECRETS: ResourceType = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  keep: (parsed) => parsed,
};

/** A Secret with a kubeconfig whose token expires then, in seconds. */
function secretUntil(exp: number): NewObject & { readonly data: object } {
  const token = ['head', Buffer.from(JSON.stringify({ exp })).toString('base64url'), 'signature'].join('.');
  const text = peerKubeconfig({
    peer: 'local-dr',
    apiServer: 'https://10.2.0.1:6443',
    authority: 'x',
    token,
  });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: peerSecretName('local-dr'), namespace: NAMESPACE },
    data: { [PEER_KUBECONFIG_KEY]: Buffer.from(text).toString('base64') },
  };
}

describe('the credentials of a peer', () => {
  it('expire as those say that were read last', async () => {
    const operator = new TestOperator();
    const credentials = new PeerCredentials(operator.dependencies.client, NAMESPACE, 'local-dr');
    const { signal } = new AbortController();
    expect(credentials.expiry).toBeUndefined();
    expect(() => credentials.text()).toThrow(CredentialsError);

    operator.have(SECRETS, secretUntil(1_800_000_000));
    await credentials.read(signal);
    expect(credentials.expiry).toBe(1_800_000_000_000);

    const renewed = operator.have(SECRETS, secretUntil(1_900_000_000));
    expect(credentials.expiry).toBe(1_800_000_000_000);
    await credentials.read(signal);
    expect(credentials.expiry).toBe(1_900_000_000_000);

    operator.server.delete(SECRETS, renewed);
    await credentials.read(signal);
    expect(credentials.expiry).toBeUndefined();
  });
});
