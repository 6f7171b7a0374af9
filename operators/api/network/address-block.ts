import { BlockList, isIP, type IPVersion } from 'node:net';

import { NetworkPolicyError } from './network-policy-error.ts';

/** The family of an address as node:net names it; undefined when the text is no address. */
function familyOf(address: string): IPVersion | undefined {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

/** A block of IPv4 or IPv6 addresses in CIDR notation. Bits beyond the prefix are ignored, as the API server does. */
export class AddressBlock {
  /** As it was written: `10.91.1.0/24`. */
  readonly cidr: string;
  readonly family: IPVersion;
  readonly #addresses = new BlockList();

  private constructor(cidr: string, address: string, prefix: number, family: IPVersion) {
    this.cidr = cidr;
    this.family = family;
    this.#addresses.addSubnet(address, prefix, family);
  }

  /**
   * @param at the field that holds the text, for the message
   * @throws NetworkPolicyError `ZB-NPL-001` when the text is not CIDR notation
   */
  static parse(cidr: string, at: string): AddressBlock {
    const match = /^(?<address>[^/]+)\/(?<prefix>0|[1-9]\d{0,2})$/.exec(cidr);
    const address = match?.groups?.['address'] ?? '';
    const prefix = Number(match?.groups?.['prefix']);
    const family = familyOf(address);
    if (family === undefined || !(prefix <= (family === 'ipv4' ? 32 : 128))) {
      throw new NetworkPolicyError(
        'ZB-NPL-001',
        at,
        `"${cidr}" is not a block of addresses such as 10.0.0.0/8`,
      );
    }
    return new AddressBlock(cidr, address, prefix, family);
  }

  /** Whether the address lies in the block; an address of the other family never does. */
  contains(address: string): boolean {
    return this.#addresses.check(address, this.family);
  }
}
