import type { MessageKey, Say } from '../../messages/say.ts';
import type { UndertakingText } from '../preparation.ts';
import type { SecretPlace } from './access-places.ts';
import type { SecretFacts } from './certificate-plan.ts';
import type { SecretChanges, UnsignedCertificate } from './secret-changes.ts';
import type { SecretRemoval } from './secret-removal.ts';

const USAGES = {
  serverAuth: 'usageServer',
  clientAuth: 'usageClient',
} as const satisfies Record<UnsignedCertificate['usage'], MessageKey>;

/** What is to be done with Secrets so that all have those that they use, and nobody else has any; without any secret. */
export function writingText(
  { writes, unsigned, unreadable, issued }: SecretChanges,
  idle: SecretRemoval,
  facts: SecretFacts,
  say: Say,
): UndertakingText {
  return {
    lines: [
      ...writes.map(({ centre, secret }) => `- ${say('needSecret', told({ centre, ...secret }))}`),
      ...idle.found.map(({ place }) => `- ${say('idleSecret', told(place))}`),
    ],
    byHand: [
      ...unsigned.map(({ commonName, usage, ...place }) => {
        return `- ${say('needCertificate', { commonName, usage: say(USAGES[usage]), ...told(place) })}`;
      }),
      ...unreadable.map((place) => `- ${say('unreadableSecret', told(place))}`),
    ],
    unseen: unseenLines(idle, facts, say),
    notes: [
      ...[...issued, ...idle.issued].map((place) => say('issuerKeeps', told(place))),
      ...elsewhereLines(idle, facts, say),
    ],
  };
}

/** Which Secrets will be taken away, and which are left; without any secret. */
export function removalText(removal: SecretRemoval, facts: SecretFacts, say: Say): UndertakingText {
  return {
    lines: removal.found.map(({ place }) => `- ${say('revokeSecret', told(place))}`),
    byHand: removal.issued.map((place) => `- ${say('issuerHolds', told(place))}`),
    unseen: unseenLines(removal, facts, say),
    notes: elsewhereLines(removal, facts, say),
  };
}

/** What is not known, of centres in which keys can be. */
function unseenLines(
  { silent, hidden, uncertain }: SecretRemoval,
  { zone }: SecretFacts,
  say: Say,
): string[] {
  return [
    ...silent
      .filter((centre) => zone.includes(centre))
      .map((centre) => `- ${say('centreSilent', { centre })}`),
    ...hidden
      .filter(({ centre }) => zone.includes(centre))
      .map((place) => `- ${say('hiddenSecret', told(place))}`),
    ...(uncertain ? [`- ${say('partsUncertain')}`] : []),
  ];
}

/** The same of all others, which are told and no more: the namespaces of a tenant are in the centres of its zone. */
function elsewhereLines({ silent, hidden }: SecretRemoval, { zone }: SecretFacts, say: Say): string[] {
  const centres = [...silent, ...hidden.map(({ centre }) => centre)].filter((one) => !zone.includes(one));
  return centres.length === 0 ? [] : [say('elsewhereUnseen', { centres: [...new Set(centres)].join(', ') })];
}

function told({ centre, namespace, name }: SecretPlace): {
  readonly centre: string;
  readonly secret: string;
} {
  return { centre, secret: `${namespace}/${name}` };
}
