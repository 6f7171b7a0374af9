import type { SourceCertificate } from '../../../operators/api/certificates/source-certificate.ts';
import type { SecretPlace } from './access-places.ts';
import type { CentreSecrets } from './centre-secrets.ts';
import { hasValues, type FoundSecret, type WantedSecret } from './found-secret.ts';

/** The Secrets of a centre, by its name. */
export type SecretsOf = (centre: string) => CentreSecrets;

/** A Secret in one centre, with what stood there before. */
export interface SecretWrite {
  readonly centre: string;
  readonly secret: WantedSecret;
  readonly before: FoundSecret;
}

/** A certificate that is missing or unfit, and that cannot be signed here. */
export type UnsignedCertificate = SecretPlace & SourceCertificate;

/** What is to be done with Secrets so that every centre has exactly those that it uses, and they work. */
export interface SecretChanges {
  readonly writes: readonly SecretWrite[];
  readonly unsigned: readonly UnsignedCertificate[];
  /** Secrets of which nobody here may know what stands in them. */
  readonly unreadable: readonly SecretPlace[];
  /** Secrets that would be written anew or taken away, were they not an issuer's. */
  readonly issued: readonly SecretPlace[];
}

/** Nothing is to be done. */
export const NO_CHANGES: SecretChanges = { writes: [], unsigned: [], unreadable: [], issued: [] };

/** All of several changes. */
export function together(changes: readonly SecretChanges[]): SecretChanges {
  return {
    writes: changes.flatMap(({ writes }) => writes),
    unsigned: changes.flatMap(({ unsigned }) => unsigned),
    unreadable: changes.flatMap(({ unreadable }) => unreadable),
    issued: changes.flatMap(({ issued }) => issued),
  };
}

/**
 * Writes all of them over what was read when they were planned; where one fails, or somebody else has written one since, what
 * stood before stands again, as far as it could be read.
 * @throws CliError
 */
export async function writeSecrets(writes: readonly SecretWrite[], secretsOf: SecretsOf): Promise<void> {
  const written: SecretWrite[] = [];
  try {
    for (const write of writes) {
      // Before it is written: an answer that is lost on its way says nothing of what was done.
      written.push(write);
      await secretsOf(write.centre).write(write.secret, write.before);
    }
  } catch (error) {
    // What made it fail is told; that some of it could not be put back shows at the next check.
    await Promise.allSettled(written.map((write) => restore(write, secretsOf(write.centre))));
    throw error;
  }
}

/** Puts back what was written here, and nothing that somebody else has written. */
async function restore({ secret, before }: SecretWrite, secrets: CentreSecrets): Promise<void> {
  const now = await secrets.read(secret);
  if (!hasValues(now, secret.values)) return;
  if (before.state === 'present') await secrets.write({ ...secret, values: before.values }, now);
  if (before.state === 'absent') await secrets.remove(secret, now);
}
