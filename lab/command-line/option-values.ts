import { InvalidArgumentError } from 'commander';
import { parseQuantity } from '../../operators/api/values/quantity.ts';

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
