import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExporterTrouble } from '../../operators/api/layout/exporter.ts';
import { accessIdentity, type DatasetName } from '../../operators/api/layout/source-access.ts';

/** The certificate of the exporter as it lies in its folder now. */
export interface CertificateState {
  /** Changes when any of the files does. */
  readonly digest: string;
  /** Until when it is valid, in wall-clock milliseconds. */
  readonly until?: number;
  /** What is wrong with it; absent where nothing is. */
  readonly trouble?: { readonly reason: ExporterTrouble; readonly message: string };
}

const FILES = ['tls.crt', 'tls.key', 'ca.crt'] as const;

/** Reads certificate, key and authority. What is wrong is part of the answer. No message quotes a key. */
export async function readCertificate(
  folder: string,
  dataset: DatasetName,
  now: number,
): Promise<CertificateState> {
  const texts = await Promise.all(
    FILES.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)),
  );
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  const missing = FILES.filter((_, index) => texts[index] === undefined);
  const [certificate = '', key = '', authority = ''] = texts;
  if (missing.length > 0)
    return trouble(digest, 'CertificateMissing', `The Secret of the exporter has no ${missing.join(', ')}.`);
  try {
    const parsed = new X509Certificate(certificate);
    new X509Certificate(authority);
    if (!parsed.checkPrivateKey(createPrivateKey(key)))
      return trouble(
        digest,
        'CertificateUnfit',
        'Certificate and key of the exporter do not belong together.',
      );
    const identity = accessIdentity('export', dataset);
    if (parsed.checkHost(identity) === undefined)
      return trouble(
        digest,
        'CertificateUnfit',
        `The certificate of the exporter is not that of ${identity}.`,
      );
    const until = parsed.validToDate.getTime();
    if (until > now) return { digest, until };
    const since = parsed.validToDate.toISOString();
    return {
      ...trouble(digest, 'CertificateExpired', `The certificate of the exporter has expired at ${since}.`),
      until,
    };
  } catch {
    return trouble(
      digest,
      'CertificateUnfit',
      'Certificate, key or authority of the exporter cannot be read as PEM.',
    );
  }
}

function trouble(digest: string, reason: ExporterTrouble, message: string): CertificateState {
  return { digest, trouble: { reason, message } };
}
