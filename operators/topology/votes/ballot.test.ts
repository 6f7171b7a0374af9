import { describe, expect, it } from 'vitest';
import { claimKind, placementSubject, voteKind } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { SUBJECT } from '../testing/ballots.ts';
import { ballotName } from './ballot.ts';

describe('the name of a ballot', () => {
  it('is the one that the examples of Claim and Vote have', () => {
    for (const kind of [claimKind, voteKind]) {
      const { metadata, spec } = kind.schema.parse(parseExample(kind));
      expect(metadata.name).toBe(ballotName(spec));
      expect(spec.subject).toBe(placementSubject('population', 'population'));
    }
  });

  it('fits into a name at the greatest epoch', () => {
    const name = ballotName({ subject: SUBJECT, epoch: Number.MAX_SAFE_INTEGER });
    expect(name.length).toBeLessThanOrEqual(63);
  });

  it('differs with the subject and with the epoch', () => {
    const names = [
      ballotName({ subject: SUBJECT, epoch: 1 }),
      ballotName({ subject: SUBJECT, epoch: 11 }),
      ballotName({ subject: 'placement/population/populatio', epoch: 1 }),
    ];
    expect(new Set(names).size).toBe(3);
  });
});
