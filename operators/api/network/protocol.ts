import { NetworkPolicyError } from './network-policy-error.ts';

/** What a NetworkPolicy can tell apart. Everything else (ICMP) passes only rules that name no ports. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** All protocols, in the order in which tables list them. */
export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * @param at the field that holds the text, for the message
 * @throws NetworkPolicyError `ZB-NPL-001` for any other protocol
 */
export function parseProtocol(text: string, at: string): Protocol {
  const protocol = PROTOCOLS.find((candidate) => candidate === text);
  if (protocol !== undefined) return protocol;
  throw new NetworkPolicyError('ZB-NPL-001', at, `"${text}" is not one of ${PROTOCOLS.join(', ')}`);
}
