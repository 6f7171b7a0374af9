import {
  ClusterConnection,
  HttpApiClient,
  systemClock,
  type ApiClient,
} from '../../operators/runtime/index.ts';
import type { CentreAccess } from './find-centres.ts';

/** How long a centre is given for all its answers together, in milliseconds. */
export const PATIENCE = 3_000;

/** An open connection to a centre, for reading. */
export interface CentreSession {
  readonly client: ApiClient;
  /**
   * Asks a question that makes no object, such as a SelfSubjectAccessReview.
   * @returns the answer's body @throws Error when there is none with success
   */
  readonly ask: (path: string, question: object, signal: AbortSignal) => Promise<unknown>;
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
    ask: async (path, question, signal) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(question);
      const answer = await connection.request({ method: 'POST', path, headers, body }, signal);
      if (answer.statusCode < 300) return answer.body.json();
      await answer.body.dump();
      throw new Error(`POST ${path}: ${answer.statusCode}`);
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
