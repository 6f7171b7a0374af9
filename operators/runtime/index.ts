/** What other parts of the operator use of its runtime. */
export type {
  ApiClient,
  ApplyOptions,
  CallOptions,
  Page,
  Selection,
  WatchEvent,
} from './client/api-client.ts';
export { callMetrics } from './client/call-metrics.ts';
export type { CallObserver, ObservedCall } from './client/call-observer.ts';
export { ClusterConnection } from './client/cluster-connection.ts';
export { createOrAdopt, StrangerError, type AdoptOptions } from './client/create-or-adopt.ts';
export type { CredentialSource } from './client/credentials.ts';
export { HttpApiClient, type HttpApiClientOptions } from './client/http-api-client.ts';
export type { Rate } from './token-bucket.ts';
export { systemClock, type Clock, type Timer } from './clock.ts';
export { ApiError, failedAs, type Verb } from './errors/api-error.ts';
export { CredentialsError } from './errors/credentials-error.ts';
export { OperatorError, StalledError, WaitingError, type Retry } from './errors/retry.ts';
export {
  compareKeys,
  keyOf,
  splitKey,
  type ApiObject,
  type Live,
  type NewObject,
  type ObjectKey,
  type ObjectMeta,
  type OwnerReference,
} from './objects/api-object.ts';
export { resourceTypeOf, type ResourceType } from './objects/resource-type.ts';
export { pause, whenAborted } from './pause.ts';
export type { Change, ChangeSource, Reader } from './watching/reader.ts';
export { Reflector, type ReflectorOptions } from './watching/reflector.ts';
export type { Store } from './watching/store.ts';
export { watchMetrics } from './watching/watch-metrics.ts';
export type { WatchEnd, WatchObserver } from './watching/watch-observer.ts';
export type {
  BackgroundWork,
  ControllerModule,
  Dependencies,
  Identity,
  MakeControllers,
  SharedReaders,
} from './controller-module.ts';
export { CannotListenError, HealthServer, type HealthServerOptions } from './health/health-server.ts';
export { readersCheck, type ReadinessCheck } from './health/readiness.ts';
export { Candidate, type Candidacy } from './leadership/candidate.ts';
export { fencedClient, NotLeadingError, type FencedClient } from './leadership/fenced-client.ts';
export type { Leadership } from './leadership/leadership.ts';
export { leaseType, type Lease } from './leadership/lease.ts';
export { Complaint } from './logs/complaint.ts';
export { LOG_LEVELS, openJsonLog, type JsonLog, type LogLevel } from './logs/json-logger.ts';
export { silentLogger, type LogFields, type Logger } from './logs/logger.ts';
export { redact, redactText } from './logs/redaction.ts';
export { sparseLogger } from './logs/sparse-logger.ts';
export { endInOrder, type EndingStep } from './shutdown/end-in-order.ts';
export { EXIT, type ExitCode } from './shutdown/exit-code.ts';
export { watchProcessEnd } from './shutdown/process-end.ts';
export { stateCondition, type Occasion, type Statement } from './conditions/condition-set.ts';
export { Controller } from './controller/controller.ts';
export { trigger, type ControllerDefinition, type Trigger } from './controller/controller-definition.ts';
export type { Reconciliation, Step, StatusDraft } from './controller/step.ts';
export type { Surroundings } from './controller/surroundings.ts';
export { ApiEventRecorder, type EventRecorderOptions } from './events/api-event-recorder.ts';
export { silentEvents, type EventNote, type EventRecorder } from './events/event-recorder.ts';
