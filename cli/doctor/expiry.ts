import type { Say } from '../messages/say.ts';
import type { Finding } from './check.ts';

const DAY = 86_400_000;

/** Days before the end on which somebody should begin to renew. */
const NOTICE = 14;

/** Judges when something expires. @param what its name @param expiry in wall-clock milliseconds; undefined: not known */
export function expiryFinding(
  what: string,
  expiry: number | undefined,
  say: Say,
  now: number = Date.now(),
): Finding {
  if (expiry === undefined || Number.isNaN(expiry))
    return { state: 'unknown', what: say('expiryUnknown', { what }) };
  const days = Math.floor((expiry - now) / DAY);
  const day = new Date(expiry).toISOString().slice(0, 10);
  if (expiry <= now) return { state: 'wrong', what: say('expired', { what, day }) };
  return { state: days < NOTICE ? 'warning' : 'ok', what: say('expires', { what, day, days }) };
}
