import { datasetKind } from '../../operators/api/index.ts';
import { resourceTypeOf } from '../../operators/runtime/index.ts';
import { readAll } from '../centres/read-result.ts';
import { accessesOf, certificateKey, type SecretKey } from '../dataset/secrets/access-places.ts';
import { centreSecrets, type CentreSecrets } from '../dataset/secrets/centre-secrets.ts';
import { certificateEnd } from '../dataset/secrets/certificate-fitness.ts';
import { plainLine } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import { expiryFinding } from './expiry.ts';
import type { Patient } from './patient.ts';

/** Secrets that are asked for at the same time. */
const AT_ONCE = 16;

/** What of them has not come after so long is unknown, in milliseconds: the other lines of the centre are not to wait. */
const PATIENCE = 2_000;

/** The certificate in a Secret; without an expiry, nobody here can say until when it is good. */
interface FoundCertificate {
  readonly secret: string;
  readonly expiry?: number;
}

/**
 * Until when the certificates are good by which sources are served and reached in a centre: the first of them that ends, by
 * itself or with an authority by which it is believed. Which Secrets there should be is not judged here: that is what `SourceReady` of a dataset says.
 */
export async function sourceCertificateCheck({ centre, session, signal, say }: Patient): Promise<Check> {
  const line = (finding: Finding): Check => checkOf(say, centre.name, 'SourceCertificates', finding);
  const { items, problem } = await readAll(session.client, resourceTypeOf(datasetKind), signal);
  if (problem !== undefined)
    return line({ state: 'unknown', what: say('unreadable', { problem: plainLine(problem.message) }) });
  const keys = items.flatMap(({ metadata: { namespace = '', name }, spec }) =>
    accessesOf(spec).map((access) => certificateKey(access, { namespace, name })),
  );
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const secrets = centreSecrets(centre.name, session, say, () => limit);
  return line(findingOf(await findCertificates(keys, secrets), say));
}

async function findCertificates(
  keys: readonly SecretKey[],
  secrets: CentreSecrets,
): Promise<FoundCertificate[]> {
  const found: FoundCertificate[] = [];
  for (let first = 0; first < keys.length; first += AT_ONCE) {
    const some = keys.slice(first, first + AT_ONCE);
    found.push(...(await Promise.all(some.map((key) => findCertificate(key, secrets)))).flat());
  }
  return found;
}

/** What is in a Secret; nothing where there is none. */
async function findCertificate(key: SecretKey, secrets: CentreSecrets): Promise<FoundCertificate[]> {
  const secret = `${key.namespace}/${key.name}`;
  try {
    const found = await secrets.read(key);
    if (found.state !== 'present') return found.state === 'absent' ? [] : [{ secret }];
    const expiry = certificateEnd(found.values);
    return [{ secret, ...(expiry !== undefined && { expiry }) }];
  } catch {
    return [{ secret }];
  }
}

/** One finding of all: what is over is wrong, whatever else is not known; and what is not known is never fine. */
function findingOf(found: readonly FoundCertificate[], say: Say): Finding {
  if (found.length === 0) return { state: 'ok', what: say('noSourceCertificates') };
  const known = found.flatMap(({ secret, expiry }) => (expiry === undefined ? [] : [{ secret, expiry }]));
  const [first] = known.sort((one, other) => one.expiry - other.expiry);
  const what = say('sourceCertificates', { count: known.length, secret: first?.secret ?? '' });
  const ends = first === undefined ? undefined : expiryFinding(what, first.expiry, say);
  const [unread] = found.filter(({ expiry }) => expiry === undefined);
  if (unread === undefined && ends !== undefined) return ends;
  const count = found.length - known.length;
  const unknown = say('unknownSourceCertificates', { count, secret: unread?.secret ?? '' });
  return {
    state: ends?.state === 'wrong' ? 'wrong' : 'unknown',
    what: [...(ends === undefined ? [] : [ends.what]), unknown].join('; '),
  };
}
