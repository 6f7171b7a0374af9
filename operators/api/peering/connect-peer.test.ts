import { describe, expect, it } from 'vitest';
import { connectPeer, type CentreAccess, type PeeringRequest } from './connect-peer.ts';

const TOKEN = 'head.secret-token.tail';

/** An API server that answers by method and path, and remembers what it was asked. */
class AnsweringCentre implements CentreAccess {
  readonly centre: string;
  readonly asked: PeeringRequest[] = [];
  readonly #answers: Readonly<Record<string, readonly [status: number, body?: unknown]>>;

  constructor(centre: string, answers: Readonly<Record<string, readonly [number, unknown?]>>) {
    this.centre = centre;
    this.#answers = answers;
  }

  send(request: PeeringRequest): Promise<{ status: number; body: unknown }> {
    this.asked.push(request);
    const [status, body] = this.#answers[`${request.method} ${request.path.split('/').at(-1) ?? ''}`] ?? [
      404,
    ];
    return Promise.resolve({ status, body });
  }
}

const readable = {
  'GET kube-root-ca.crt': [200, { data: { 'ca.crt': 'authority' } }],
  'POST token': [201, { status: { token: TOKEN, expirationTimestamp: '2026-12-23T04:00:00Z' } }],
} as const;

function connect(reader: CentreAccess, peer: CentreAccess): Promise<string> {
  return connectPeer({ reader, peer, apiServer: 'https://10.2.0.1:6443', lifetime: 3_600 });
}

describe('connecting a peer', () => {
  it('puts a kubeconfig with a token of the peer into a Secret of the reader, and says when it expires', async () => {
    const reader = new AnsweringCentre('production', { 'POST secrets': [201] });
    const peer = new AnsweringCentre('local-dr', readable);
    expect(await connect(reader, peer)).toBe('2026-12-23T04:00:00Z');
    expect(peer.asked.at(-1)?.body).toMatchObject({ spec: { expirationSeconds: 3_600 } });
    const secret = reader.asked[0]?.body as { metadata: object; type: string; data: { kubeconfig: string } };
    expect(secret).toMatchObject({
      type: 'Opaque',
      metadata: { name: 'zaibei-peer-local-dr', namespace: 'zaibei-system' },
    });
    const kubeconfig: unknown = JSON.parse(Buffer.from(secret.data.kubeconfig, 'base64').toString());
    expect(kubeconfig).toMatchObject({
      clusters: [{ cluster: { server: 'https://10.2.0.1:6443' } }],
      users: [{ user: { token: TOKEN } }],
      'current-context': 'local-dr',
    });
  });

  it('replaces a Secret that is there, without reading it', async () => {
    const reader = new AnsweringCentre('production', {
      'POST secrets': [409],
      'PUT zaibei-peer-local-dr': [200],
    });
    await connect(reader, new AnsweringCentre('local-dr', readable));
    expect(reader.asked.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it.each([
    ['local-dr', 'no authority', { 'GET kube-root-ca.crt': [404] as const }, {}],
    ['local-dr', 'no right to tokens', { ...readable, 'POST token': [403] as const }, {}],
    ['production', 'no right to Secrets', readable, { 'POST secrets': [403] as const }],
    ['production', 'a Secret that cannot be replaced', readable, { 'POST secrets': [409] as const }],
  ])(
    'says which centre refused, and what to do, and never the token: %s, %s',
    async (centre, _why, peer, reader) => {
      const failure = connect(
        new AnsweringCentre('production', reader),
        new AnsweringCentre('local-dr', peer),
      );
      await expect(failure).rejects.toMatchObject({
        code: 'ZB-TPL-010',
        message: expect.stringMatching(new RegExp(`^${centre}: .*(Deploy|connect)`)) as string,
      });
      await expect(failure).rejects.not.toThrow(TOKEN);
    },
  );
});
