import { readdirSync } from 'node:fs';
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

/** How often the event loop is tested, in milliseconds. */
const TEST_INTERVAL = 20;

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

/**
 * A timer of our own rather than Node's `monitorEventLoopDelay`: that one has to be reset with each page, and then forgets
 * the delay that is just going on.
 */
function observeEventLoopDelay(metrics: Metrics): () => void {
  const delay = metrics.histogram(eventLoopDelay);
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    delay.observe({}, Math.max(0, now - last - TEST_INTERVAL) / MILLISECONDS);
    last = now;
  }, TEST_INTERVAL).unref();
  return () => {
    clearInterval(timer);
  };
}
