import { z } from 'zod';
import type { SecretKey } from './access-places.ts';

/** A Secret as a centre has it. `unreadable`: whoever asks may not read it, so that nobody knows. */
export type FoundSecret =
  | { readonly state: 'absent' | 'unreadable' }
  | {
      readonly state: 'present';
      readonly values: Readonly<Record<string, string>>;
      /** Whether an issuer keeps it. */
      readonly issued: boolean;
      /** By which the server tells whether it was written since; undefined: it did not say. */
      readonly version: string | undefined;
    };

/** A Secret as it is to be. */
export interface WantedSecret extends SecretKey {
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  readonly values: Readonly<Record<string, string>>;
}

/** A Secret as an API server shows it. */
export const secretSchema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).optional(),
    resourceVersion: z.string().optional(),
  }),
  data: z.record(z.string(), z.base64()).default({}),
});

/** What stands in a Secret that an API server shows. */
export function valuesOf({ data }: z.infer<typeof secretSchema>): Record<string, string> {
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return Object.fromEntries(decoded) as Record<string, string>; // of strings
}

/** Whether these values stand in a Secret, whatever else does. */
export function hasValues(found: FoundSecret, values: Readonly<Record<string, string>>): boolean {
  return (
    found.state === 'present' && Object.entries(values).every(([key, value]) => found.values[key] === value)
  );
}
