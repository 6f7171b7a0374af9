import { FILE_ACCESSES } from '../../../operators/api/layout/source-access.ts';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { Preparation, Undertaking } from '../preparation.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import { planCertificates, type SecretFacts } from '../secrets/certificate-plan.ts';
import { writeSecrets } from '../secrets/secret-changes.ts';
import { planDisuse, planRevocation, removeSecrets } from '../secrets/secret-removal.ts';
import { removalText, writingText } from '../secrets/secret-text.ts';

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
  const { secretsOf } = facts;
  return {
    findings: [],
    async plan(rotate): Promise<Undertaking> {
      const changes = await planCertificates(FILE_ACCESSES, facts, rotate);
      const idle = await planDisuse(FILE_ACCESSES, facts);
      return {
        ...writingText(changes, idle, facts, say),
        carryOut: async () => {
          await writeSecrets(changes.writes, secretsOf);
          return removeSecrets(idle, secretsOf);
        },
      };
    },
    async planRevocation(): Promise<Undertaking> {
      const removal = await planRevocation(FILE_ACCESSES, facts);
      return {
        ...removalText(removal, facts, say),
        carryOut: () => removeSecrets(removal, secretsOf),
      };
    },
  };
}
