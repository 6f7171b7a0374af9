import {
  ClusterConnection,
  HttpApiClient,
  systemClock,
  type ApiClient,
} from '../../operators/runtime/index.ts';
import { jsonOrText } from '../../operators/runtime/client/json-or-text.ts';
import type { CentreAccess } from './find-centres.ts';

/** How long a centre is given for all its answers together, in milliseconds. */
export const PATIENCE = 3_000;

/** A request that is no reading of objects: a question such as a SelfSubjectAccessReview, or one that makes a Secret. */
export interface PlainRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** An open connection to a centre. */
export interface CentreSession {
  readonly client: ApiClient;
  /** Resolves with the answer, whatever its status. @throws Error when none comes */
  readonly send: (
    request: PlainRequest,
    signal: AbortSignal,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly close: () => Promise<void>;
}

/** Makes sessions; tests put servers of their own behind it. */
export type OpenSession = (centre: CentreAccess) => CentreSession;

/** Opens a session by the kubeconfig. Nothing is sent yet. */
export const openSession: OpenSession = ({ name, context, kubeconfig }) => {
  const source = { kind: 'kubeconfig', file: kubeconfig, context } as const;
  const connection = new ClusterConnection(name, source, systemClock);
  return {
    client: new HttpApiClient({ connection, clock: systemClock, deadline: PATIENCE }),
    send: async ({ method, path, body }, signal) => {
      const json = {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      const request = { method, path, ...(body !== undefined && json) };
      const answer = await connection.request(request, signal);
      const text = await answer.body.text();
      // A proxy in between may say something else than JSON; the status tells enough then.
      return { status: answer.statusCode, body: jsonOrText(text) };
    },
    close: () => connection.close(),
  };
};

/**
 * Works with a centre for as long as it is given time. What has not come by then is broken off; the work is told by its
 * signal, and where it does not listen (a plugin of the kubeconfig that hangs) it is left behind.
 * @param late what stands for the result then
 */
export async function withCentre<T>(
  open: OpenSession,
  centre: CentreAccess,
  work: (session: CentreSession, signal: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  const session = open(centre);
  const signal = AbortSignal.timeout(PATIENCE);
  const over = Promise.withResolvers<T>();
  signal.addEventListener('abort', () => {
    // What listens to the signal ends with it, and then knows more than that it is late.
    setImmediate(() => {
      over.resolve(late());
    });
  });
  try {
    return await Promise.race([work(session, signal), over.promise]);
  } finally {
    await session.close();
  }
}
