/** Metrics of the operator's runtime: leadership, client, watching, queues, controllers. Every export is one. */
import { defineMetric } from '../metric.ts';

/** Which of an operator's replicas acts. */
export const leader = defineMetric({
  name: 'zaibei_leader',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help: {
    zh: '本进程持有租约时为 1，否则为 0；每个中心应恰有一个 1。',
    en: '1 while this process holds the Lease, else 0; each centre should have exactly one 1.',
  },
  from: 'leader election',
});

/** Calls of an API server. */
export const apiRequests = defineMetric({
  name: 'zaibei_api_requests_total',
  type: 'counter',
  unit: 'total',
  labels: ['api', 'verb', 'code'],
  help: {
    zh: '对 API server 的调用，按目标、动作与 HTTP 状态码（未得到应答时为原因）计。',
    en: 'Calls of an API server by target, verb and HTTP status, or by the reason where no answer came.',
  },
  from: 'each call of the client',
});

/** How long calls took; watches are not among them. */
export const apiRequestDuration = defineMetric({
  name: 'zaibei_api_request_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: ['api', 'verb'],
  help: {
    zh: 'API server 应答所用的时间，不含 watch。',
    en: 'Time that an API server took to answer; watches are left out.',
  },
  from: 'each call of the client',
  buckets: [0.005, 0.025, 0.1, 0.25, 1, 5, 30],
});

/** Lists made from the beginning. */
export const lists = defineMetric({
  name: 'zaibei_lists_total',
  type: 'counter',
  unit: 'total',
  labels: ['api', 'resource', 'outcome'],
  help: {
    zh: '为某类资源重新做全量列表的次数。',
    en: 'Times that all objects of a resource were listed anew.',
  },
  from: 'the reflector of the resource',
  known: { outcome: ['ok', 'failed'] },
});

/** Watches that ended, and why. */
export const watchRestarts = defineMetric({
  name: 'zaibei_watch_restarts_total',
  type: 'counter',
  unit: 'total',
  labels: ['api', 'resource', 'reason'],
  help: {
    zh: 'watch 结束后重新开始的次数：closed 为服务器正常关闭，expired 为版本过旧，silent 为长时间无声，error 为其他错误。',
    en: 'Watches begun again: closed by the server in the ordinary way, expired version, silent for too long, or another error.',
  },
  from: 'the reflector of the resource',
  known: { reason: ['closed', 'expired', 'silent', 'error'] },
});

/** When a server was last heard of: what the store shows is at least that old. */
export const watchHeard = defineMetric({
  name: 'zaibei_watch_heard_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['api', 'resource'],
  help: {
    zh: '最近一次收到该资源的列表、事件或书签的时间；从未收到则无此序列。',
    en: 'When a list, event or bookmark of the resource last arrived; absent before the first.',
  },
  from: 'the reflector of the resource',
});

/** Objects held in memory. */
export const storedObjects = defineMetric({
  name: 'zaibei_stored_objects',
  type: 'gauge',
  unit: 'none',
  labels: ['api', 'resource'],
  help: { zh: '本地缓存中该资源的对象数。', en: 'Objects of the resource in the local store.' },
  from: 'the store of the resource',
});

/** Runs by how they ended: the rate of reconciling, and of its errors. */
export const reconciles = defineMetric({
  name: 'zaibei_reconciles_total',
  type: 'counter',
  unit: 'total',
  labels: ['controller', 'outcome'],
  help: {
    zh: '调谐次数：done 完成，waiting 等待已知条件，stalled 文档本身有误，failed 出错后退避。',
    en: 'Runs by outcome: done, waiting for something known, stalled by a wrong document, failed and backing off.',
  },
  from: 'each run of a controller',
  known: { outcome: ['done', 'waiting', 'stalled', 'failed'] },
});

/** How long runs took. */
export const reconcileDuration = defineMetric({
  name: 'zaibei_reconcile_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: ['controller'],
  help: { zh: '一次调谐所用的时间。', en: 'Time that one run took.' },
  from: 'each run of a controller',
  buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
});

/** Keys that wait for a worker. */
export const queueDepth = defineMetric({
  name: 'zaibei_queue_depth',
  type: 'gauge',
  unit: 'none',
  labels: ['controller'],
  help: { zh: '等待处理的键数。', en: 'Keys that are due and wait for a worker.' },
  from: 'the work queue of the controller',
});

/** How far the workers are behind. */
export const queueOldestAge = defineMetric({
  name: 'zaibei_queue_oldest_age_seconds',
  type: 'gauge',
  unit: 'seconds',
  labels: ['controller'],
  help: {
    zh: '等待最久的键已等待的时间；队列为空时为 0。',
    en: 'How long the key that is due longest has waited; 0 for an empty queue.',
  },
  from: 'the work queue of the controller',
});

/** How long keys waited before a worker took them. */
export const queueWait = defineMetric({
  name: 'zaibei_queue_wait_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: ['controller'],
  help: {
    zh: '键从到期到开始处理所等待的时间。',
    en: 'Time that keys waited, once due, until a worker took them.',
  },
  from: 'the work queue of the controller',
  buckets: [0.001, 0.01, 0.1, 1, 10, 60],
});

/** What became of events that were to be told. */
export const recordedEvents = defineMetric({
  name: 'zaibei_events_total',
  type: 'counter',
  unit: 'total',
  labels: ['outcome'],
  help: {
    zh: '要通过事件告知的消息数：written 已写入，counted 与先前相同而只计数，dropped 超出限额而丢弃，failed 写入失败。',
    en: 'Messages for events: written, only counted because the same was told before, dropped as too many, or failed to be written.',
  },
  from: 'the recorder of events',
  known: { outcome: ['written', 'counted', 'dropped', 'failed'] },
});
