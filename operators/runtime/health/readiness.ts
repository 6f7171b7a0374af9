import type { Clock } from '../clock.ts';
import type { Reader } from '../watching/reader.ts';

/** One thing that this process must have before it is ready. */
export interface ReadinessCheck {
  /** One word: `readers`. */
  readonly name: string;
  /** What is missing, in a few words; undefined: nothing. It answers from memory, at once. */
  readonly problem: () => string | undefined;
}

/** How long a reader may have heard nothing before what it shows is too old, in milliseconds: two dead watches in a row. */
const STALE = 300_000;

/**
 * Every reader has seen a complete list, and none is old. Leader and standby alike: a standby that does not know what is
 * there could not take over.
 */
export function readersCheck(
  clock: Clock,
  readers: () => Iterable<readonly [name: string, reader: Reader<never>]>,
): ReadinessCheck {
  const problemOf = ({ synced, heardAt }: Reader<never>): string | undefined => {
    if (!synced || heardAt === undefined) return 'has not seen a complete list yet';
    const silent = clock.elapsed() - heardAt;
    return silent > STALE ? `has heard nothing for ${Math.round(silent / 1000)} s` : undefined;
  };
  return {
    name: 'readers',
    problem: () => {
      const problems = Array.from(readers(), ([name, reader]) => {
        const problem = problemOf(reader);
        return problem === undefined ? [] : [`${name} ${problem}`];
      }).flat();
      return problems.length === 0 ? undefined : problems.join(', ');
    },
  };
}

/** The answer of `/readyz`, a line for each check as Kubernetes' own components write it. */
export function readiness(checks: readonly ReadinessCheck[]): {
  readonly ready: boolean;
  readonly text: string;
} {
  const lines = checks.map(({ name, problem }) => ({ name, found: problem() }));
  const ready = lines.every(({ found }) => found === undefined);
  const text = lines.map(({ name, found }) =>
    found === undefined ? `[+] ${name}` : `[-] ${name}: ${found}`,
  );
  return { ready, text: [...text, ready ? 'ready' : 'not ready'].map((line) => `${line}\n`).join('') };
}
