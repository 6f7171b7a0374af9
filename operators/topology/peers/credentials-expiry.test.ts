import { describe, expect, it } from 'vitest';
import { peerKubeconfig } from '../../api/peering/peer-kubeconfig.ts';
import { credentialsExpiry } from './credentials-expiry.ts';

function withToken(token: string): string {
  return peerKubeconfig({ peer: 'local-dr', apiServer: 'https://10.2.0.1:6443', authority: 'x', token });
}

function tokenOf(claims: unknown): string {
  return ['head', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'signature'].join('.');
}

describe('the expiry of credentials', () => {
  it('is that of the token', () => {
    expect(credentialsExpiry(withToken(tokenOf({ exp: 1_800_000_000 })))).toBe(1_800_000_000_000);
  });

  it.each([
    ['a token without an end', withToken(tokenOf({}))],
    ['a token that never ends', withToken(tokenOf({ exp: 1e15 }))],
    ['a token that is none', withToken('opaque')],
    ['a text that is no kubeconfig', 'kubeconfig'],
    ['a kubeconfig without users', '{"apiVersion":"v1","kind":"Config"}'],
  ])('is not known of %s', (_what, kubeconfig) => {
    expect(credentialsExpiry(kubeconfig)).toBeUndefined();
  });
});
