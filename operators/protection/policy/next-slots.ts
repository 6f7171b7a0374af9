import { NEXT_SLOTS } from '../../api/kinds/protection-policy-status.ts';
import { Schedule, type ScheduleSpec } from '../../api/index.ts';
import { formatInstant } from '../../runtime/instant.ts';

/** The next instants after `now` at which a schedule is due. @throws InvalidValueError when it is none */
export function nextSlots(spec: ScheduleSpec, now: number): Date[] {
  const schedule = Schedule.parse(spec);
  const slots: Date[] = [];
  let last = new Date(now);
  while (slots.length < NEXT_SLOTS) {
    last = schedule.next(last);
    slots.push(last);
  }
  return slots;
}

/**
 * An instant with the date, the time and the offset that a zone has then: `2026-11-22T18:00:00+08:00`. Still one instant for
 * machines, and for people the time on their clock.
 */
export function instantIn(timeZone: string, instant: Date): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // `GMT+08:00`. Offsets of local times long past have seconds too, which RFC 3339 has not: those are told in UTC.
  const [, sign, hours, minutes] = /^GMT([+-])([0-9]{2}):([0-9]{2})$/.exec(name) ?? [];
  if (sign === undefined) return formatInstant(instant.getTime());
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${sign}${hours ?? ''}:${minutes ?? ''}`;
}
