import type { Placement } from '../../api/index.ts';
import type { Verdict } from '../facts/verdict.ts';
import type { NoRoles, Roles } from './designed-roles.ts';

const PARTS = ['home', 'replica', 'backup'] as const;

/**
 * Holds the present roles against the designed ones. They differ after a takeover, and then should; or because the topology
 * was changed since, and then nothing follows from it: only recovery moves data.
 */
export function compareRoles(spec: Placement['spec'], design: { readonly roles: Roles } | NoRoles): Verdict {
  if ('reason' in design) return { status: 'Unknown', reason: design.reason, message: design.message };
  const differences = PARTS.filter((part) => spec[part] !== design.roles[part]).map(
    (part) => `${part} is ${spec[part] ?? 'nobody'}, designed ${design.roles[part] ?? 'nobody'}`,
  );
  if (differences.length === 0) {
    return {
      status: 'True',
      reason: 'AsDesigned',
      message: `Epoch ${spec.epoch}: as the topology designs it.`,
    };
  }
  const told = `${differences.join('; ')}.`;
  if (spec.epoch > 1) {
    return { status: 'False', reason: 'TakenOver', message: `Epoch ${spec.epoch}: ${told}` };
  }
  const message = `The design has changed since the group was placed, and the roles have not: ${told} Only recovery moves them.`;
  return { status: 'False', reason: 'DesignChanged', message };
}
