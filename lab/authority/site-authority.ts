import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execute } from '../execute.ts';
import type { LabInstance } from '../instance.ts';
import {
  authorityConfig,
  certificateConfig,
  type CertificateSubject,
  EXTENSIONS,
  NEW_KEY,
  opensslArguments,
  VALID_DAYS,
} from './openssl.ts';

/** A certificate with its key and that of its authority, as PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** From when until when a certificate is good. */
export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

const DAY = 86_400_000;

/** Folder of the authority of an instance: `ca.crt` and `ca.key`, once tenants have been brought. */
export function authorityFolder({ directory }: Pick<LabInstance, 'directory'>): string {
  return path.join(directory, 'authority');
}

/**
 * The certificate authority of a site, as its PKI would be: it signs for databases, exporters and whoever may reach them,
 * in all centres alike. It has nothing to do with the authorities of the clusters. Root alone may read its folder.
 */
export class SiteAuthority {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** The authority of an instance; made at the first call. It appears complete or not at all. */
  static async open(instance: Pick<LabInstance, 'name' | 'directory'>): Promise<SiteAuthority> {
    const { name } = instance;
    const folder = authorityFolder(instance);
    if (!existsSync(folder)) {
      const unfinished = await mkdtemp(`${folder}-`);
      const file = (ending: string): string => path.join(unfinished, `ca.${ending}`);
      await writeFile(file('cnf'), authorityConfig(`site of lab instance ${name}`));
      const files = { config: file('cnf'), certificate: file('crt'), key: file('key') };
      await execute('openssl', opensslArguments(files));
      await rm(file('cnf'));
      await rename(unfinished, folder);
    }
    return new SiteAuthority(folder);
  }

  /** Its own certificate, by which others believe it, as PEM. */
  certificate(): Promise<string> {
    return readFile(this.#file('ca.crt'), 'utf8');
  }

  /** Issues a certificate with a new key, and keeps neither. */
  async issue(subject: CertificateSubject, validity: Validity = fromNow()): Promise<IssuedCertificate> {
    const work = await mkdtemp(this.#file('issue-'));
    try {
      const file = (name: string): string => path.join(work, name);
      await writeFile(file('cnf'), certificateConfig(subject) + this.#signing(file('index')));
      await writeFile(file('index'), '');
      const request = ['req', '-new', ...NEW_KEY, '-config', file('cnf')];
      await execute('openssl', [...request, '-keyout', file('key'), '-out', file('csr')]);
      await execute('openssl', [
        // `req -x509` and `x509` know days from now only, and none that are over.
        ...['ca', '-batch', '-notext', '-config', file('cnf'), '-extensions', EXTENSIONS],
        ...['-startdate', generalizedTime(validity.from), '-enddate', generalizedTime(validity.until)],
        ...['-in', file('csr'), '-out', file('crt')],
      ]);
      const [certificate, key] = await Promise.all(
        ['crt', 'key'].map((name) => readFile(file(name), 'utf8')),
      );
      return { certificate: certificate ?? '', key: key ?? '', authority: await this.certificate() };
    } finally {
      await rm(work, { recursive: true });
    }
  }

  /** Issues a certificate whose time is over: for tests of those who must refuse it. */
  issueExpired(subject: CertificateSubject): Promise<IssuedCertificate> {
    const now = Date.now();
    return this.issue(subject, { from: new Date(now - 2 * DAY), until: new Date(now - DAY) });
  }

  /** The certificate of that name as it was first issued; asked for another subject, a new one takes its place. */
  async keep(name: string, subject: CertificateSubject): Promise<IssuedCertificate> {
    const file = this.#file(`${name}.json`);
    const wanted = JSON.stringify(subject);
    if (existsSync(file)) {
      // Written below, in one step.
      const kept = JSON.parse(await readFile(file, 'utf8')) as IssuedCertificate & { subject: string };
      if (kept.subject === wanted) return kept;
    }
    const issued = await this.issue(subject);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const unfinished = `${file}.${randomUUID()}`;
    await writeFile(unfinished, JSON.stringify({ ...issued, subject: wanted }), { mode: 0o600 });
    await rename(unfinished, file);
    return issued;
  }

  #file(name: string): string {
    return path.join(this.#directory, name);
  }

  /** What `openssl ca` wants to know of the authority. Its index of what it issued is not kept: nothing is revoked by it. */
  #signing(index: string): string {
    return [
      '[ca]',
      'default_ca = authority',
      '[authority]',
      `certificate = ${this.#file('ca.crt')}`,
      `private_key = ${this.#file('ca.key')}`,
      `database = ${index}`,
      `new_certs_dir = ${path.dirname(index)}`,
      'rand_serial = yes',
      'default_md = sha256',
      'policy = any',
      '[any]',
      'organizationName = optional',
      'commonName = supplied',
      '',
    ].join('\n');
  }
}

function fromNow(): Validity {
  const now = Date.now();
  // Clocks differ a little; a certificate must be good at once.
  return { from: new Date(now - 60_000), until: new Date(now + VALID_DAYS * DAY) };
}

/** `20260102030405Z`, as openssl reads a time. */
function generalizedTime(time: Date): string {
  return time.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
}
