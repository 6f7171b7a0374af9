import { describe, expect, it } from 'vitest';
import {
  medianRoundTrip,
  PROBE_INTERVAL,
  RECENT_PROBES,
  withProbe,
  type Probe,
  type ProbeFailure,
} from './probe.ts';
import { judgeReachability, SILENT_AFTER, UNREAD_AFTER, type Reachability } from './reachability.ts';

const START = Date.UTC(2026, 10, 23, 4);

/** What one probe comes to: a round trip in milliseconds, or a failure. */
type Outcome = number | ProbeFailure;

/** Probes one after the other, each judged when it ends. */
function judge(...outcomes: readonly Outcome[]): {
  last: Reachability | undefined;
  recent: readonly Probe[];
} {
  let last: Reachability | undefined;
  let recent: readonly Probe[] = [];
  outcomes.forEach((outcome, index) => {
    const at = index * PROBE_INTERVAL;
    const probe: Probe =
      typeof outcome === 'number'
        ? { at, answered: true, roundTrip: outcome }
        : { at, answered: false, failure: outcome, message: outcome };
    recent = withProbe(recent, probe);
    last = judgeReachability(last, recent, { elapsed: at, now: START + at });
  });
  return { last, recent };
}

describe('a peer', () => {
  it.each<[outcomes: Outcome[], expected: string]>([
    [[3], 'Reachable Answers 0'],
    [[3, 'NoAnswer', 'NoAnswer'], 'Reachable Answers 0'],
    [[3, 'NoAnswer', 'NoAnswer', 'NoAnswer'], 'Unreachable NoAnswer 3'],
    [[3, 'NoAnswer', 'NoAnswer', 'Failing', 'Failing'], 'Unreachable Failing 3'],
    [['NoAnswer', 'NoAnswer', 'NoAnswer', 3], 'Reachable Answers 3'],
    [['NoAnswer'], 'Unknown NotProbedYet 0'],
    [['NoAnswer', 'NoAnswer', 'NoAnswer'], 'Unreachable NoAnswer 2'],
    [[3, 'CredentialsMissing'], 'Unknown CredentialsMissing 1'],
    [[3, 'CredentialsRefused', 'CredentialsRefused'], 'Unknown CredentialsRefused 1'],
    [['CredentialsMissing', 3], 'Reachable Answers 1'],
    [[3, 'NoAnswer', 'NoAnswer', 3, 'NoAnswer'], 'Reachable Answers 0'],
  ])('probed with %j is %s', (outcomes, expected) => {
    const { last } = judge(...outcomes);
    expect(`${last?.state} ${last?.reason} ${((last?.since ?? 0) - START) / PROBE_INTERVAL}`).toBe(expected);
  });

  it('that nobody looks at any more is unknown', () => {
    const { last, recent } = judge(3);
    const at = (elapsed: number): string =>
      judgeReachability(last, recent, { elapsed, now: START + elapsed }).state;
    expect(at(SILENT_AFTER)).toBe('Reachable');
    expect(at(SILENT_AFTER + 1)).toBe('Unknown');
    expect(judgeReachability(undefined, [], { elapsed: 0, now: START }).reason).toBe('NotProbedYet');
  });

  it('that answers for a minute, and whose objects cannot be listed all the time, is unknown', () => {
    const told = (...outcomes: readonly Outcome[]): string => {
      const { last, recent } = judge(...outcomes);
      const elapsed = recent.at(-1)?.at ?? 0;
      const { state, reason, message } = judgeReachability(last, recent, { elapsed, now: START }, [
        'Claim',
        'Vote',
      ]);
      return `${state} ${reason} ${message}`;
    };
    const answers = Array<Outcome>(UNREAD_AFTER).fill(3);
    expect(told(...answers)).toBe(
      'Unknown ObjectsUnread it answers, and these cannot be listed: Claim, Vote',
    );
    expect(told(...answers.slice(1))).toMatch(/^Reachable/);
    expect(told('NoAnswer', ...answers.slice(1))).toMatch(/^Reachable/);
  });

  it('stays unreachable longer than its probes are remembered', () => {
    const { last, recent } = judge(3, ...Array<Outcome>(RECENT_PROBES + 5).fill('NoAnswer'));
    expect(recent).toHaveLength(RECENT_PROBES);
    expect(last?.state).toBe('Unreachable');
  });
});

describe('the round trip', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[1, 'NoAnswer', 900, 3], 3],
    [['NoAnswer'], undefined],
  ] satisfies [Outcome[], number | undefined][])('of %j is the median %j', (outcomes, expected) => {
    expect(medianRoundTrip(judge(...outcomes).recent)).toBe(expected);
  });
});
