/** An instant as API servers keep most of them: whole seconds, in UTC. @param now wall-clock time, in milliseconds */
export function formatInstant(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

/** An instant as `MicroTime` has it, with the six digits that API servers want. @param now wall-clock time, in milliseconds */
export function formatMicroTime(now: number): string {
  return new Date(now).toISOString().replace('Z', '000Z');
}
