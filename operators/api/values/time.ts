import type { z } from 'zod';
import { textSchema, writtenAs } from './text-schema.ts';

/** Schema of an instant: RFC 3339 with `Z` or an offset, as Kubernetes writes it. */
export function instantSchema(): z.ZodString {
  const schema = textSchema(
    /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/,
    'an instant such as 2026-11-22T08:00:00Z',
    40,
  );
  return writtenAs(schema, 'Instant, such as `2026-11-22T08:00:00Z`.');
}

/** Schema of a calendar day: `2026-11-22`. Whether the day exists is a question of meaning ({@link isCalendarDay}). */
export function daySchema(): z.ZodString {
  const pattern = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
  return writtenAs(textSchema(pattern, 'a day such as 2026-11-22', 10), 'Day, such as `2026-11-22`.');
}

/** Whether a well-formed day exists: 2026-02-30 does not. */
export function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
