import { CliError } from '../../cli-error.ts';
import { centresOf, keysOf, type SecretPlace, type SourceAccess } from './access-places.ts';
import type { CentreSecrets } from './centre-secrets.ts';
import type { SecretFacts } from './certificate-plan.ts';
import type { FoundSecret } from './found-secret.ts';
import type { SecretsOf } from './secret-changes.ts';

/** Which Secrets there are to be taken away, and what is not known of that. */
export interface SecretRemoval {
  /** With what was found there: what somebody else writes before they are taken away stays. */
  readonly found: readonly { readonly place: SecretPlace; readonly before: FoundSecret }[];
  /** Those that stay: their issuer would write them anew. */
  readonly issued: readonly SecretPlace[];
  /** Of which nobody who may read and write as little as this person can say whether they are there. */
  readonly hidden: readonly SecretPlace[];
  /** Centres that do not answer. */
  readonly silent: readonly string[];
  /** Nothing was looked for, since it is not certain who has no part. */
  readonly uncertain: boolean;
}

const NOTHING: SecretRemoval = { found: [], issued: [], hidden: [], silent: [], uncertain: false };

/** Finds the Secrets of some accesses in all centres: one may be left of a part that was played before. */
export function planRevocation(
  accesses: readonly SourceAccess[],
  facts: SecretFacts,
): Promise<SecretRemoval> {
  return planRemoval(placesOf(accesses, facts), facts.secretsOf);
}

/**
 * Finds those in centres that have no part in which they would be used, by any Placement that a centre tells: while centres
 * differ, whoever has a part by one of them keeps its keys.
 */
export async function planDisuse(
  accesses: readonly SourceAccess[],
  facts: SecretFacts,
): Promise<SecretRemoval> {
  if (!facts.agreed) return { ...NOTHING, uncertain: true };
  const used = facts.told.flatMap((told) =>
    accesses.flatMap((access) =>
      centresOf(access, told).flatMap((centre) =>
        keysOf(access, facts.dataset).map((key) => nameOf({ centre, ...key })),
      ),
    ),
  );
  const idle = placesOf(accesses, facts).filter((place) => !used.includes(nameOf(place)));
  return planRemoval(idle, facts.secretsOf);
}

/**
 * Takes Secrets away, those that are gone already among them. One that cannot be taken away keeps none of the others.
 * @returns why some are still there, a line each
 */
export async function removeSecrets({ found }: SecretRemoval, secretsOf: SecretsOf): Promise<string[]> {
  const troubles: string[] = [];
  for (const { place, before } of found) {
    try {
      await secretsOf(place.centre).remove(place, before);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      troubles.push(error.message);
    }
  }
  return troubles;
}

async function planRemoval(places: readonly SecretPlace[], secretsOf: SecretsOf): Promise<SecretRemoval> {
  const parts = await Promise.all(places.map((place) => lookAt(place, secretsOf(place.centre))));
  return {
    found: parts.flatMap(({ found }) => found),
    issued: parts.flatMap(({ issued }) => issued),
    hidden: parts.flatMap(({ hidden }) => hidden),
    silent: [...new Set(parts.flatMap(({ silent }) => silent))],
    uncertain: false,
  };
}

async function lookAt(place: SecretPlace, secrets: CentreSecrets): Promise<SecretRemoval> {
  try {
    const before = await secrets.read(place);
    if (before.state === 'absent') return NOTHING;
    if (before.state === 'present' && before.issued) return { ...NOTHING, issued: [place] };
    const there = before.state === 'present' ? true : await secrets.isThere(place);
    if (there === undefined) return { ...NOTHING, hidden: [place] };
    return there ? { ...NOTHING, found: [{ place, before }] } : NOTHING;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { ...NOTHING, silent: [place.centre] };
  }
}

function placesOf(accesses: readonly SourceAccess[], { centres, dataset }: SecretFacts): SecretPlace[] {
  const keys = accesses.flatMap((access) => keysOf(access, dataset));
  return centres.flatMap((centre) => keys.map((key) => ({ centre, ...key })));
}

function nameOf({ centre, namespace, name }: SecretPlace): string {
  return `${centre} ${namespace}/${name}`;
}
