/** An IPv4 network as first and last address, both as numbers. */
interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Whether two IPv4 networks have an address in common.
 * @param a, b `10.90.0.0/24`, or an address alone
 */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [rangeOf(a), rangeOf(b)];
  return one.first <= other.last && other.first <= one.last;
}

function rangeOf(network: string): Range {
  const [address = '', bits = '32'] = network.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}
