import { z } from 'zod';

/**
 * Judges what the API server says about a centre whose power came on a moment ago. For some seconds it still shows the
 * state from before the power cut, "Ready" and "Running 1/1", so only what happened since then counts.
 */

const conditionsSchema = z
  .array(z.object({ type: z.string(), status: z.string(), lastHeartbeatTime: z.string().nullish() }))
  .default([]);

const nodeSchema = z.object({ status: z.object({ conditions: conditionsSchema }) });

const podsSchema = z.object({
  items: z.array(
    z.object({
      status: z.object({
        conditions: conditionsSchema,
        containerStatuses: z
          .array(z.object({ state: z.object({ running: z.object({ startedAt: z.string() }).optional() }) }))
          .default([]),
      }),
    }),
  ),
});

/** Whether the node says that it is Ready, and has said so since the power came on. @param node as the API returns it */
export function isNodeReady(node: unknown, poweredOnAt: string): boolean {
  return nodeSchema
    .parse(node)
    .status.conditions.some(
      ({ type, status, lastHeartbeatTime }) =>
        type === 'Ready' && status === 'True' && isSince(lastHeartbeatTime ?? '', poweredOnAt),
    );
}

/** Whether one of the pods is Ready with a container started since the power came on. @param pods a list as the API returns it */
export function isAnyPodReady(pods: unknown, poweredOnAt: string): boolean {
  return podsSchema.parse(pods).items.some(({ status }) => {
    const ready = status.conditions.some(
      (condition) => condition.type === 'Ready' && condition.status === 'True',
    );
    const started = status.containerStatuses.map(({ state }) => state.running?.startedAt ?? '');
    return ready && started.some((time) => isSince(time, poweredOnAt));
  });
}

/** The API cuts times down to seconds. A missing or unreadable time is never since. */
function isSince(time: string, start: string): boolean {
  return Date.parse(time) >= Math.floor(Date.parse(start) / 1000) * 1000;
}
