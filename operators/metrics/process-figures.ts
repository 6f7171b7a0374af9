import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

import {
  buildInfo,
  eventLoopBusy,
  eventLoopDelay,
  externalMemory,
  heapUsed,
  openDescriptors,
  processCpu,
  processStart,
  residentMemory,
} from './catalogue/process.ts';
import type { Metrics, Sample } from './metric.ts';

/** How often the event loop is tested, in milliseconds. Each test wakes the process. */
const TEST_INTERVAL = 20;

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
const MILLISECONDS = 1e3;

/**
 * Lets the page tell of this process: memory, CPU, descriptors, event loop, what is running.
 * @param version of the program
 * @returns ends the observation of the event loop
 */
export function observeProcess(metrics: Metrics, version: string): () => void {
  metrics.gauge(buildInfo).set({ version, node: process.version }, 1);
  metrics.gauge(processStart).set({}, performance.timeOrigin / MILLISECONDS);
  metrics.derived(residentMemory, () => alone(process.memoryUsage.rss()));
  metrics.derived(heapUsed, () => alone(process.memoryUsage().heapUsed));
  metrics.derived(externalMemory, () => alone(process.memoryUsage().external));
  metrics.derived(processCpu, cpuSamples);
  metrics.derived(openDescriptors, () => alone(readdirSync('/proc/self/fd').length - 1)); // one is for reading the folder
  metrics.derived(eventLoopBusy, () => alone(performance.eventLoopUtilization().active / MILLISECONDS));
  return observeEventLoopDelay(metrics);
}

function alone(value: number): Sample<never>[] {
  return [{ labels: {}, value }];
}

function cpuSamples(): Sample<'mode'>[] {
  const modes = Object.entries(process.cpuUsage());
  return modes.map(([mode, spent]) => ({ labels: { mode }, value: spent / MICROSECONDS }));
}

function observeEventLoopDelay(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: TEST_INTERVAL });
  delay.enable();
  metrics.derived(eventLoopDelay, () => {
    if (delay.count === 0) return []; // rendered twice within one interval: nothing to tell
    const late = (nanoseconds: number): number =>
      Math.max(0, nanoseconds / NANOSECONDS - TEST_INTERVAL / MILLISECONDS);
    const statistics = { p50: delay.percentile(50), p99: delay.percentile(99), max: delay.max };
    delay.reset();
    return Object.entries(statistics).map(([statistic, value]) => ({
      labels: { statistic },
      value: late(value),
    }));
  });
  return () => {
    delay.disable();
  };
}
