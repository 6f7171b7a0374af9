import { describe, expect, it } from 'vitest';
import type { PeerStatus } from '../../api/index.ts';
import { Publication, type TopologyFindings } from './publication.ts';

const SINCE = '2026-11-23T04:00:00Z';

/** Findings about one peer: how it is reached, and how far away it is. */
function findings(state: PeerStatus['reachability']['state'], roundTrip: string): TopologyFindings {
  const reachability = { state, since: SINCE, reason: 'Answers' };
  const agreement = { state: 'Agrees' as const, since: SINCE, reason: 'SameDigest' };
  return { centre: 'production', peers: [{ name: 'local-dr', reachability, agreement, roundTrip }] };
}

describe('what is published', () => {
  it('is what stands while only figures differ, and all of it after a minute', () => {
    const publication = new Publication();
    const first = findings('Reachable', '3ms');
    expect(publication.choose(first, undefined, 0)).toEqual(first);
    expect(publication.choose(findings('Reachable', '4ms'), first, 59_000)).toEqual(first);
    const later = findings('Reachable', '5ms');
    expect(publication.choose(later, first, 60_000)).toEqual(later);
  });

  it('is what is new at once', () => {
    const publication = new Publication();
    const first = publication.choose(findings('Reachable', '3ms'), undefined, 0);
    const news = findings('Unreachable', '3ms');
    expect(publication.choose(news, first, 1_000)).toEqual(news);
  });

  it('is said again at once where its write has failed', () => {
    const publication = new Publication();
    const first = publication.choose(findings('Reachable', '3ms'), undefined, 0);
    const news = findings('Unreachable', '3ms');
    expect(publication.choose(news, first, 1_000)).toEqual(news);
    expect(publication.choose(news, first, 1_005)).toEqual(news);
    expect(publication.choose(news, news, 1_010)).toEqual(news);
  });

  it('of two operators that do not see the same changes a few times a minute, not all the time', () => {
    const operators = [
      { publication: new Publication(), sees: findings('Reachable', '3ms') },
      { publication: new Publication(), sees: findings('Unreachable', '3ms') },
    ];
    let standing: TopologyFindings | undefined;
    let writes = 0;
    for (let elapsed = 0; elapsed < 60_000; elapsed += 100) {
      for (const { publication, sees } of operators) {
        const chosen = publication.choose(sees, standing, elapsed);
        if (chosen === sees && standing !== sees) writes += 1;
        standing = chosen;
      }
    }
    expect(writes).toBeLessThanOrEqual(2 * (5 + 6));
  });
});
