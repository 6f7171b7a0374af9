/** Tells a person how a longer action gets on. */
export interface Progress {
  /** Says one thing that has happened or begins. @param subject the centre or part it is about */
  say(subject: string, what: string): void;
}

/** Lines on stderr, each with the seconds since the command began: `   3.2 s  production  node is Ready`. */
export function progressLines(write: (text: string) => void): Progress {
  const started = performance.now();
  return {
    say(subject, what) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      write(`${seconds.padStart(6)} s  ${subject.padEnd(12)} ${what}\n`);
    },
  };
}

/** Says nothing. */
export const QUIET: Progress = { say: () => undefined };
