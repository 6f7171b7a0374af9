import { DATABASE_ACCESSES } from '../../../operators/api/layout/source-access.ts';
import {
  hbaBlock,
  HbaFile,
  hbaHolds,
  hbaRules,
  PreparedAccess,
  SourceError,
  withHbaBlock,
  withoutHbaBlock,
  type SourceConnection,
  type SourceFinding,
} from '../../../operators/sources/index.ts';
import type { Say } from '../../messages/say.ts';
import type { PlacedDataset } from '../find-dataset.ts';
import type { Preparation, Undertaking } from '../preparation.ts';
import { planCertificates, type SecretFacts } from '../secrets/certificate-plan.ts';
import { planPasswords } from '../secrets/password-plan.ts';
import { together, writeSecrets } from '../secrets/secret-changes.ts';
import { planDisuse, planRevocation, removeSecrets } from '../secrets/secret-removal.ts';
import { removalText, writingText } from '../secrets/secret-text.ts';
import {
  linesOfHba,
  passwordLines,
  requirementLines,
  revocationLines,
  type HbaNeed,
} from './database-text.ts';

/** How long one statement may take, in milliseconds. */
export const LIMITS = { deadline: 30_000 };

/** What the preparation of a database works with. */
export interface DatabaseParts {
  readonly placed: PlacedDataset;
  /** Of a superuser. */
  readonly connection: SourceConnection;
  readonly secrets: SecretFacts;
  readonly findings: readonly SourceFinding[];
  readonly say: Say;
}

/** Preparing a database: its roles and their rights, lines of `pg_hba.conf`, and the Secrets by which the roles are used. */
export class DatabasePreparation implements Preparation {
  readonly findings: readonly SourceFinding[];
  readonly #parts: DatabaseParts;
  readonly #access: PreparedAccess;
  readonly #hba: HbaFile;

  private constructor(parts: DatabaseParts, access: PreparedAccess) {
    this.findings = parts.findings;
    this.#parts = parts;
    this.#access = access;
    this.#hba = new HbaFile(parts.connection, LIMITS);
  }

  /** @throws SourceError where this person or this instance is the wrong one */
  static async open(parts: DatabaseParts): Promise<DatabasePreparation> {
    const { placed, connection } = parts;
    return new DatabasePreparation(parts, await PreparedAccess.open(placed.name, connection, LIMITS));
  }

  async plan(rotate: boolean): Promise<Undertaking> {
    const { placed, secrets, say } = this.#parts;
    const accepts = this.#access.hasPassword.bind(this.#access);
    const { passwords, changes: ofPasswords } = await planPasswords(secrets, accepts, rotate);
    const changes = together([ofPasswords, await planCertificates(DATABASE_ACCESSES, secrets, rotate)]);
    const idle = await planDisuse(DATABASE_ACCESSES, secrets);
    const requirements = await this.#access.missing();
    const hba = await this.#missingLines();
    const text = writingText(changes, idle, secrets, say);
    return {
      ...text,
      lines: [
        ...requirements.flatMap((requirement) => requirementLines(requirement, say)),
        ...passwordLines(passwords, say),
        ...text.lines,
        ...(hba === undefined ? [] : linesOfHba(hba, say)),
      ],
      // Passwords and Secrets change together, or not at all.
      carryOut: async () => {
        const write = (): Promise<void> => writeSecrets(changes.writes, secrets.secretsOf);
        await this.#access.make(requirements, passwords, write);
        if (hba !== undefined)
          await this.#replaceLines((before) => withHbaBlock(before, placed.name, hba.block));
        return removeSecrets(idle, secrets.secretsOf);
      },
    };
  }

  /** What it returns throws a SourceError `StillCopied` before anything is changed. */
  async planRevocation(): Promise<Undertaking> {
    const { secrets, say } = this.#parts;
    const { dataset, secretsOf } = secrets;
    const removal = await planRevocation(DATABASE_ACCESSES, secrets);
    const file = await this.#hba.read();
    const hba = withoutHbaBlock(file, dataset) !== file;
    const text = removalText(removal, secrets, say);
    return {
      ...text,
      lines: [...revocationLines(await this.#access.present(), hba, say), ...text.lines],
      carryOut: async () => {
        await this.#access.revoke();
        if (hba) await this.#replaceLines((before) => withoutHbaBlock(before, dataset));
        return removeSecrets(removal, secretsOf);
      },
    };
  }

  async #missingLines(): Promise<HbaNeed | undefined> {
    const { all, name } = this.#parts.placed;
    const networks = all.flatMap(({ podCidrs }) => podCidrs);
    const wanted = hbaRules(this.#access.roles, networks);
    if (hbaHolds(await this.#hba.rules(), wanted) && (await this.#hba.isLoaded())) return undefined;
    return { file: await this.#hba.path(), block: hbaBlock(name, wanted) };
  }

  async #replaceLines(change: (before: string) => string): Promise<void> {
    const before = await this.#hba.read();
    try {
      const after = change(before);
      if (after === before) await this.#hba.reload();
      else await this.#hba.replace(before, after);
    } catch (error) {
      // The lines are as they were, which is told with all else that is left to do.
      if (!(error instanceof SourceError) || error.trouble !== 'HbaNotWritten') throw error;
    }
  }
}
