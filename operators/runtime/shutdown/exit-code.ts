/**
 * How the operator ends. Kubernetes starts it anew in any case; the code says, to whoever asks why, whether that will help.
 */
export const EXIT = {
  /** Asked to stop, and stopped in order. */
  stopped: 0,
  /** A defect: something was thrown that nothing caught. */
  defect: 1,
  /** Leadership was lost. Whatever was under way has been aborted; the next start is a standby. */
  leadershipLost: 75,
  /** The API server does not accept who this is: an expired token or certificate, a missing right. */
  refused: 77,
  /** The configuration cannot work: a variable, a kubeconfig, a centre that Topology does not know. */
  configuration: 78,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
