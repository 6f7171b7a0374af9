import type { MessageKey, Say } from '../../messages/say.ts';
import type { SecretPlace } from './access-places.ts';
import type { SecretChanges, UnsignedCertificate } from './secret-changes.ts';
import type { SecretRemoval } from './secret-removal.ts';

const USAGES = {
  serverAuth: 'usageServer',
  clientAuth: 'usageClient',
} as const satisfies Record<UnsignedCertificate['usage'], MessageKey>;

/** Which Secrets are to be written, line by line, without any secret. */
export function writeLines({ writes }: SecretChanges, say: Say): string[] {
  return writes.map(({ centre, secret }) => `- ${say('needSecret', told({ centre, ...secret }))}`);
}

/** What is missing of Secrets and cannot be written here, line by line. */
export function handLines({ unsigned, unreadable }: SecretChanges, say: Say): string[] {
  return [
    ...unsigned.map(({ commonName, usage, ...place }) => {
      return `- ${say('needCertificate', { commonName, usage: say(USAGES[usage]), ...told(place) })}`;
    }),
    ...unreadable.map((place) => `- ${say('unreadableSecret', told(place))}`),
  ];
}

/** Which Secrets will be taken away, line by line. */
export function removalLines({ places }: SecretRemoval, say: Say): string[] {
  return places.map((place) => `- ${say('revokeSecret', told(place))}`);
}

/** Which Secrets are left as they are, since they are an issuer's. */
export function issuerLines({ issued }: Pick<SecretChanges, 'issued'>, say: Say): string[] {
  return issued.map((place) => say('issuerKeeps', told(place)));
}

function told({ centre, namespace, name }: SecretPlace): {
  readonly centre: string;
  readonly secret: string;
} {
  return { centre, secret: `${namespace}/${name}` };
}
