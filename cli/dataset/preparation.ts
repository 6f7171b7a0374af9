import type { CertificateAuthority } from '../../operators/api/certificates/certificate-authority.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import {
  certificateSecretName,
  DATABASE_ACCESSES,
  passwordSecretName,
  type DatasetName,
} from '../../operators/api/layout/source-access.ts';
import {
  hbaBlock,
  HbaFile,
  hbaHolds,
  hbaRules,
  PreparedAccess,
  SourceError,
  withHbaBlock,
  withoutHbaBlock,
  type AccessRequirement,
  type SourceConnection,
} from '../../operators/sources/index.ts';
import type { CentreSecrets } from './centre-secrets.ts';
import { centresOf, type PlacedDataset } from './find-dataset.ts';
import { planSecrets, type SecretPlan, type SecretWrite } from './secret-plan.ts';

/** How long one statement may take, in milliseconds. */
export const LIMITS = { deadline: 30_000 };

/** What is not as it has to be, and so what will be done. */
export interface PreparationPlan {
  readonly requirements: readonly AccessRequirement[];
  readonly secrets: SecretPlan;
  /** Lines for `pg_hba.conf`, where that does not have them yet. */
  readonly hba: { readonly file: string; readonly block: string } | undefined;
}

/** What is there to be taken away. */
export interface RevocationPlan {
  readonly names: readonly string[];
  readonly hba: boolean;
  readonly secrets: readonly { readonly centre: string; readonly namespace: string; readonly name: string }[];
}

/** What a preparation works with. */
export interface PreparationParts {
  readonly placed: PlacedDataset;
  /** Of a superuser. */
  readonly connection: SourceConnection;
  readonly secretsOf: (centre: string) => CentreSecrets;
  readonly authority: CertificateAuthority | undefined;
}

/** Preparing one database: what is missing is found, then made; and all of it can be taken away again. */
export class Preparation {
  readonly #parts: PreparationParts;
  readonly #dataset: DatasetName;
  readonly #access: PreparedAccess;
  readonly #hba: HbaFile;

  private constructor(parts: PreparationParts, dataset: DatasetName, access: PreparedAccess) {
    this.#parts = parts;
    this.#dataset = dataset;
    this.#access = access;
    this.#hba = new HbaFile(parts.connection, LIMITS);
  }

  /** @throws SourceError where this person or this instance is the wrong one */
  static async open(parts: PreparationParts): Promise<Preparation> {
    const { namespace = '', name } = parts.placed.dataset.metadata;
    const dataset = { namespace, name };
    return new Preparation(parts, dataset, await PreparedAccess.open(dataset, parts.connection, LIMITS));
  }

  /** What is missing; with `rotate`, also what is to be replaced. */
  async plan(rotate = false): Promise<PreparationPlan> {
    const { placed, secretsOf, authority } = this.#parts;
    const secrets = await planSecrets({
      dataset: this.#dataset,
      centresOf: (access) => centresOf(access, placed.placement),
      secretsOf,
      accepts: (access, password) => this.#access.hasPassword(access, password),
      authority,
      rotate,
      now: Date.now(),
    });
    return { requirements: await this.#access.missing(), secrets, hba: await this.#missingLines() };
  }

  /** Does what a plan says. Passwords and Secrets change together, or not at all. @throws SourceError, CliError */
  async carryOut({ requirements, secrets, hba }: PreparationPlan): Promise<void> {
    await this.#access.make(requirements, secrets.passwords, () => this.#writeSecrets(secrets.writes));
    if (hba === undefined) return;
    const before = await this.#hba.read();
    try {
      const after = withHbaBlock(before, this.#dataset, hba.block);
      if (after === before) await this.#hba.reload();
      else await this.#hba.replace(before, after);
    } catch (error) {
      // The lines are still missing, which is told with all else that is.
      if (!(error instanceof SourceError) || error.trouble !== 'HbaNotWritten') throw error;
    }
  }

  /** What there is of it. */
  async planRevocation(): Promise<RevocationPlan> {
    const { placed, secretsOf } = this.#parts;
    const namespace = copiesNamespace(this.#dataset.namespace);
    const all = DATABASE_ACCESSES.flatMap((access) =>
      centresOf(access, placed.placement).flatMap((centre) =>
        [passwordSecretName, certificateSecretName].map((nameOf) => {
          return { centre, namespace, name: nameOf(access, this.#dataset.name) };
        }),
      ),
    );
    const found = await Promise.all(
      all.map(async (one) => ({ ...one, found: await secretsOf(one.centre).read(one.namespace, one.name) })),
    );
    const text = await this.#hba.read();
    return {
      names: await this.#access.present(),
      hba: withoutHbaBlock(text, this.#dataset) !== text,
      // What an issuer keeps, it would write anew.
      secrets: found
        .filter(
          (one) => one.found.state === 'unreadable' || (one.found.state === 'present' && !one.found.issued),
        )
        .map(({ centre, namespace: of, name }) => ({ centre, namespace: of, name })),
    };
  }

  /** Takes it away. @throws SourceError `StillCopied` before anything is changed */
  async revoke({ hba, secrets }: RevocationPlan): Promise<void> {
    await this.#access.revoke();
    if (hba) {
      const text = await this.#hba.read();
      await this.#hba.replace(text, withoutHbaBlock(text, this.#dataset));
    }
    for (const { centre, namespace, name } of secrets)
      await this.#parts.secretsOf(centre).remove(namespace, name);
  }

  async #missingLines(): Promise<PreparationPlan['hba']> {
    const networks = this.#parts.placed.all.flatMap(({ podCidrs }) => podCidrs);
    const wanted = hbaRules(this.#access.roles, networks);
    if (hbaHolds(await this.#hba.rules(), wanted) && (await this.#hba.isLoaded())) return undefined;
    return { file: await this.#hba.path(), block: hbaBlock(this.#dataset, wanted) };
  }

  /** All of them; where one fails, what stood before stands again, as far as it could be read. */
  async #writeSecrets(writes: readonly SecretWrite[]): Promise<void> {
    const written: SecretWrite[] = [];
    try {
      for (const write of writes) {
        await this.#parts.secretsOf(write.centre).write(write.secret);
        written.push(write);
      }
    } catch (error) {
      for (const { centre, secret, before } of written) {
        const secrets = this.#parts.secretsOf(centre);
        const restore =
          before.state === 'present'
            ? secrets.write({ ...secret, values: before.values })
            : secrets.remove(secret.namespace, secret.name);
        await restore.catch(() => undefined);
      }
      throw error;
    }
  }
}
