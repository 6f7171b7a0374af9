import { attempt, execute } from '../execute.ts';

/**
 * Arguments of `tc` that hold a device down to a rate. A token bucket: bursts of 4 KiB pass at once, what would wait
 * longer than 400 ms is dropped, as on a full line.
 */
export function shapeArguments(device: string, bitsPerSecond: number): readonly string[] {
  const bucket = ['rate', `${bitsPerSecond}bit`, 'burst', '32kbit', 'latency', '400ms'];
  return ['qdisc', 'replace', 'dev', device, 'root', 'tbf', ...bucket];
}

/** Limits what leaves by a device of a namespace, or lifts the limit. */
export async function shapeLink(
  namespace: string,
  device: string,
  bitsPerSecond: number | undefined,
): Promise<void> {
  if (bitsPerSecond === undefined) {
    await attempt('tc', ['-netns', namespace, 'qdisc', 'delete', 'dev', device, 'root']);
  } else {
    await execute('tc', ['-netns', namespace, ...shapeArguments(device, bitsPerSecond)]);
  }
}
