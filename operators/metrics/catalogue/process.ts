/** Metrics of the process itself and of this page. */
import { defineMetric } from '../metric.ts';

/** What runs. */
export const buildInfo = defineMetric({
  name: 'zaibei_build_info',
  type: 'gauge',
  unit: 'none',
  labels: ['version', 'node'],
  help: {
    zh: '正在运行的程序及 Node 的版本，值恒为 1。',
    en: 'Version of the program and of Node; always 1.',
  },
  from: 'the package and `process.version`',
});

/** Since when it runs. */
export const processStart = defineMetric({
  name: 'zaibei_process_start_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: [],
  help: { zh: '进程启动的时间。', en: 'When the process was started.' },
  from: '`performance.timeOrigin`',
});

/** All memory of the process: what its limit is compared with. */
export const residentMemory = defineMetric({
  name: 'zaibei_process_resident_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: [],
  help: { zh: '进程占用的常驻内存总量。', en: 'Resident memory of the process, all of it.' },
  from: '`process.memoryUsage()`',
});

/** Memory of JavaScript objects: what leaks in the program grow. */
export const heapUsed = defineMetric({
  name: 'zaibei_process_heap_used_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: [],
  help: { zh: 'JavaScript 堆中已用的内存。', en: 'Memory in use in the JavaScript heap.' },
  from: '`process.memoryUsage()`',
});

/** Memory of buffers, which the heap does not show. */
export const externalMemory = defineMetric({
  name: 'zaibei_process_external_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: [],
  help: {
    zh: 'JavaScript 堆之外的缓冲区占用的内存。',
    en: 'Memory of buffers outside of the JavaScript heap.',
  },
  from: '`process.memoryUsage()`',
});

/** CPU time by who spent it. */
export const processCpu = defineMetric({
  name: 'zaibei_process_cpu_seconds_total',
  type: 'counter',
  unit: 'seconds',
  labels: ['mode'],
  help: {
    zh: '进程用掉的 CPU 时间，分用户态与内核态。',
    en: 'CPU time spent in user mode and in the kernel.',
  },
  from: '`process.cpuUsage()`',
});

/** Descriptors, which leak when connections are not closed. */
export const openDescriptors = defineMetric({
  name: 'zaibei_process_open_descriptors',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help: { zh: '进程打开的文件描述符数。', en: 'File descriptors that the process has open.' },
  from: '`/proc/self/fd`',
});

/** How long the event loop kept timers waiting: what endangers the renewal of a Lease. */
export const eventLoopDelay = defineMetric({
  name: 'zaibei_event_loop_delay_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: [],
  help: {
    zh: '定时器被事件循环推迟的时间。',
    en: 'How late the event loop ran a timer.',
  },
  from: 'a timer that fires 50 times a second',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
});

/** Time in which the event loop was busy; its rate is the share of one core's time. */
export const eventLoopBusy = defineMetric({
  name: 'zaibei_event_loop_busy_seconds_total',
  type: 'counter',
  unit: 'seconds',
  labels: [],
  help: { zh: '事件循环忙于执行代码的总时间。', en: 'Time in which the event loop was running code.' },
  from: '`performance.eventLoopUtilization()`',
});

/** How many series a scrape brings; the budget is 20 000. */
export const seriesCount = defineMetric({
  name: 'zaibei_metrics_series',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help: { zh: '上次生成的页面中的序列数。', en: 'Series on the page that was rendered last.' },
  from: 'counted while rendering',
});

/** What rendering costs. */
export const renderDuration = defineMetric({
  name: 'zaibei_metrics_render_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: [],
  help: {
    zh: '生成一次页面所用的时间，包括其间让出事件循环的时间。',
    en: 'Time that rendering the page took, with the turns of the event loop in between.',
  },
  from: 'measured while rendering',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
});

/** Figures that could not be told. Their series are absent, so this is what an alert looks at. */
export const metricFailures = defineMetric({
  name: 'zaibei_metrics_failures_total',
  type: 'counter',
  unit: 'total',
  labels: ['metric'],
  help: {
    zh: '未能得出数值的次数：该指标的序列因此缺失，而不是显示为正常。',
    en: 'Times that a metric had no usable value: its series are then absent rather than shown as fine.',
  },
  from: 'errors thrown by what derives the metric, values that are no finite number',
});
