import { FILE_ACCESSES } from '../../../operators/api/layout/source-access.ts';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { Preparation, Undertaking } from '../preparation.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import { certificateKey } from '../secrets/access-places.ts';
import { planCertificates, type SecretFacts } from '../secrets/certificate-plan.ts';
import { writeSecrets } from '../secrets/secret-changes.ts';
import { planRemoval, removeSecrets } from '../secrets/secret-removal.ts';
import { handLines, issuerLines, removalLines, writeLines } from '../secrets/secret-text.ts';

/** Options about a database, by the names that a person types. */
const DATABASE_OPTIONS = {
  adminUri: '--admin-uri',
  adminSecret: '--admin-secret',
  portForward: '--port-forward',
  serverCa: '--server-ca',
} as const satisfies Partial<Record<keyof PrepareOptions, string>>;

/** Refuses what would be passed over where there is no database, and a rotation of nothing. @throws CliError */
export function refuseForFiles(options: PrepareOptions, say: Say): void {
  const stated = Object.entries(DATABASE_OPTIONS).filter(([key]) => {
    return options[key as keyof typeof DATABASE_OPTIONS] !== undefined; // a key of that object
  });
  const names = stated.map(([, option]) => option).join(', ');
  if (names !== '') throw new CliError('ZB-CLI-017', say('optionsOfDatabase', { options: names }));
  if (options.rotate === true && options.caKey === undefined)
    throw new CliError('ZB-CLI-017', say('rotationNeedsKey'));
}

/**
 * Preparing a dataset of files: certificates for the exporter beside the volume, and for those that pull from it. Nothing else
 * tells them apart, so there is nothing else to prepare.
 */
export function filesPreparation(facts: SecretFacts, say: Say): Preparation {
  const { dataset, secretsOf } = facts;
  return {
    findings: [],
    async plan(rotate): Promise<Undertaking> {
      const changes = await planCertificates(FILE_ACCESSES, facts, rotate);
      return {
        lines: writeLines(changes, say),
        byHand: handLines(changes, say),
        notes: issuerLines(changes, say),
        carryOut: () => writeSecrets(changes.writes, secretsOf),
      };
    },
    async planRevocation(): Promise<Undertaking> {
      const keys = FILE_ACCESSES.map((access) => certificateKey(access, dataset));
      const removal = await planRemoval(keys, facts);
      return {
        lines: removalLines(removal, say),
        byHand: [],
        notes: issuerLines(removal, say),
        carryOut: () => removeSecrets(removal, secretsOf),
      };
    },
  };
}
