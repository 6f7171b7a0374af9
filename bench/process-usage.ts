import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of processor time in a second, as the kernel counts them for every process on Linux. */
const TICKS = 100;

/** What a process has used, as the kernel counts it. */
export interface ProcessUsage {
  /** In all its threads, since it began. */
  readonly cpuSeconds: number;
  /** Memory that it has resident, and the most that it ever had, in MiB. */
  readonly memory: number;
  readonly peakMemory: number;
  readonly descriptors: number;
}

/** Looks at a process that runs. @throws Error where there is none of that id */
export function usageOf(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may contain anything, also spaces. User and system time are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    memory: mebibytes(status, 'VmRSS'),
    peakMemory: mebibytes(status, 'VmHWM'),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

function mebibytes(status: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return Number(kibibytes) / 1024;
}
