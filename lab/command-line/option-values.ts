import { InvalidArgumentError } from 'commander';
import { Duration } from '../../operators/api/values/duration.ts';
import { InvalidValueError } from '../../operators/api/values/invalid-value.ts';
import { parseQuantity } from '../../operators/api/values/quantity.ts';
import { MAX_ROUND_TRIP_MS } from '../network/link-settings.ts';

/** Reads `12`. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Use a whole number.');
  return Number(text);
}

/** Reads `10Gi`, and leaves it as it is. @throws InvalidValueError */
export function quantity(text: string): string {
  parseQuantity(text);
  return text;
}

/** Reads the delay of a link, `15ms`, in milliseconds. @throws InvalidValueError for none at all, and for one beyond all lines */
export function roundTrip(text: string): number {
  const { milliseconds } = Duration.parse(text);
  if (milliseconds < 1 || milliseconds > MAX_ROUND_TRIP_MS) {
    throw new InvalidValueError('delay', text, '1ms to 60s; `link heal` ends a delay');
  }
  return milliseconds;
}

/** Reads `5432,30432`. */
export function portNumbers(text: string): [number, ...number[]] {
  const [first, ...others] = text.split(',').map(portNumber);
  if (first === undefined) throw new InvalidArgumentError('Name at least one port.');
  return [first, ...others];
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port < 1 || port > 65535) throw new InvalidArgumentError('Ports are 1 to 65535.');
  return port;
}
