import {
  accessIdentity,
  DATABASE_ACCESSES,
  type DatabaseAccess,
} from '../../../operators/api/layout/source-access.ts';
import { newPassword } from '../../../operators/sources/index.ts';
import { centresOf, passwordKey } from './access-places.ts';
import type { SecretFacts } from './certificate-plan.ts';
import { hasValues } from './found-secret.ts';
import { NO_CHANGES, together, type SecretChanges } from './secret-changes.ts';

/** Whether the database takes this password. */
export type Accepts = (access: DatabaseAccess, password: string) => Promise<boolean>;

/** What is to be done so that a database and all centres have the same passwords. */
export interface PasswordPlan {
  readonly changes: SecretChanges;
  /** Passwords that the database is to take. */
  readonly passwords: Readonly<Partial<Record<DatabaseAccess, string>>>;
}

/** Finds which passwords have to be made, and which Secrets written. */
export async function planPasswords(
  facts: SecretFacts,
  accepts: Accepts,
  rotate: boolean,
): Promise<PasswordPlan> {
  const passwords: Partial<Record<DatabaseAccess, string>> = {};
  const changes: SecretChanges[] = [];
  for (const access of DATABASE_ACCESSES) {
    const plan = await planPassword(access, facts, accepts, rotate);
    changes.push(plan.changes);
    if (plan.password !== undefined) passwords[access] = plan.password;
  }
  return { changes: together(changes), passwords };
}

async function planPassword(
  access: DatabaseAccess,
  { dataset, placement, secretsOf }: SecretFacts,
  accepts: Accepts,
  rotate: boolean,
): Promise<{ readonly changes: SecretChanges; readonly password?: string }> {
  const username = accessIdentity(access, dataset);
  const key = passwordKey(access, dataset);
  const found = await Promise.all(
    centresOf(access, placement).map(async (centre) => {
      return { place: { centre, ...key }, before: await secretsOf(centre).read(key) };
    }),
  );
  const hidden = found.filter(({ before }) => before.state === 'unreadable').map(({ place }) => place);
  const kept = found.flatMap(({ before }) =>
    before.state === 'present' && before.values['username'] === username
      ? (before.values['password'] ?? [])
      : [],
  );
  const working = rotate ? undefined : await firstAccepted(access, kept, accepts);
  // What another may use cannot be replaced unseen: that is said, and `--rotate` does it.
  if (working === undefined && !rotate && hidden.length > 0)
    return { changes: { ...NO_CHANGES, unreadable: hidden } };
  const password = working ?? (rotate ? undefined : kept[0]) ?? newPassword();
  const values = { username, password };
  const writes = found
    .filter(({ before }) => before.state !== 'unreadable' || rotate)
    .filter(({ before }) => !hasValues(before, values))
    .map(({ place: { centre }, before }) => {
      return { centre, before, secret: { ...key, type: 'Opaque' as const, values } };
    });
  return {
    changes: { ...NO_CHANGES, writes, unreadable: rotate ? [] : hidden },
    ...(working === undefined && { password }),
  };
}

async function firstAccepted(
  access: DatabaseAccess,
  passwords: readonly string[],
  accepts: Accepts,
): Promise<string | undefined> {
  for (const password of passwords) if (await accepts(access, password)) return password;
  return undefined;
}
