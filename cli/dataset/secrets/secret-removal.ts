import { partsOf, type SecretKey, type SecretPlace } from './access-places.ts';
import type { SecretFacts } from './certificate-plan.ts';
import type { SecretsOf } from './secret-changes.ts';

/** Which Secrets there are to be taken away. */
export interface SecretRemoval {
  readonly places: readonly SecretPlace[];
  /** Those that stay: their issuer would write them anew. */
  readonly issued: readonly SecretPlace[];
}

/**
 * Finds which of some Secrets there are, in all centres that play a part: one may be left of another part, played before. One
 * that may not be read may be there.
 */
export async function planRemoval(
  keys: readonly SecretKey[],
  { placement, secretsOf }: Pick<SecretFacts, 'placement' | 'secretsOf'>,
): Promise<SecretRemoval> {
  const places = partsOf(placement).flatMap((centre) => keys.map((key) => ({ centre, ...key })));
  const found = await Promise.all(
    places.map(async (place) => ({ place, secret: await secretsOf(place.centre).read(place) })),
  );
  const there = found.filter(({ secret }) => secret.state !== 'absent');
  const isIssued = ({ secret }: (typeof there)[number]): boolean =>
    secret.state === 'present' && secret.issued;
  return {
    places: there.filter((one) => !isIssued(one)).map(({ place }) => place),
    issued: there.filter(isIssued).map(({ place }) => place),
  };
}

/** Takes Secrets away, those that are gone already among them. @throws CliError */
export async function removeSecrets({ places }: SecretRemoval, secretsOf: SecretsOf): Promise<void> {
  for (const place of places) await secretsOf(place.centre).remove(place);
}
