/** What other parts of the operator use of its runtime. */
export type { Agreement, Agreements, Wanted, WithAgreements } from './agreements.ts';
export type { ApiClient, CallOptions, Selection } from './client/api-client.ts';
export { callMetrics } from './client/call-metrics.ts';
export { ClusterConnection } from './client/cluster-connection.ts';
export { createOrAdopt, StrangerError, type AdoptOptions } from './client/create-or-adopt.ts';
export type { CredentialSource } from './client/credentials.ts';
export { everyObject } from './client/every-object.ts';
export { inlineKubeconfigProblem } from './client/inline-kubeconfig.ts';
export { HttpApiClient } from './client/http-api-client.ts';
export { systemClock, type Clock } from './clock.ts';
export type {
  BackgroundWork,
  ControllerModule,
  Dependencies,
  Identity,
  MakeControllers,
  SharedReaders,
} from './controller-module.ts';
export { trigger, type ControllerDefinition, type Trigger } from './controller/controller-definition.ts';
export { Controller } from './controller/controller.ts';
export type { Reconciliation, Step, StatusDraft } from './controller/step.ts';
export { ApiError, failedAs, type Verb } from './errors/api-error.ts';
export { CredentialsError } from './errors/credentials-error.ts';
export { OperatorError, StalledError, WaitingError } from './errors/retry.ts';
export { ApiEventRecorder } from './events/api-event-recorder.ts';
export { silentEvents, type EventNote, type EventRecorder } from './events/event-recorder.ts';
export { CannotListenError, HealthServer } from './health/health-server.ts';
export { readersCheck } from './health/readiness.ts';
export { Candidate } from './leadership/candidate.ts';
export { fencedClient, NotLeadingError, type FencedClient } from './leadership/fenced-client.ts';
export type { Leadership } from './leadership/leadership.ts';
export { leaseType, type Lease } from './leadership/lease.ts';
export { Complaint } from './logs/complaint.ts';
export { LOG_LEVELS, openJsonLog, type JsonLog, type LogLevel } from './logs/json-logger.ts';
export { silentLogger, type LogFields, type Logger } from './logs/logger.ts';
export { redactText } from './logs/redaction.ts';
export { sparseLogger } from './logs/sparse-logger.ts';
export {
  compareKeys,
  keyOf,
  splitKey,
  type ApiObject,
  type Live,
  type NewObject,
  type ObjectKey,
  type ObjectMeta,
} from './objects/api-object.ts';
export { resourceTypeOf, type ResourceType } from './objects/resource-type.ts';
export { pause, whenAborted } from './pause.ts';
export { endInOrder } from './shutdown/end-in-order.ts';
export { EXIT, type ExitCode } from './shutdown/exit-code.ts';
export { watchProcessEnd } from './shutdown/process-end.ts';
export { TokenBucket, type Rate } from './token-bucket.ts';
export type { Change, ChangeSource, Reader } from './watching/reader.ts';
export { Reflector, type ReflectorOptions } from './watching/reflector.ts';
export type { Store } from './watching/store.ts';
export { watchMetrics } from './watching/watch-metrics.ts';
export type { WatchObserver } from './watching/watch-observer.ts';
