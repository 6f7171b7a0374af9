/**
 * @typedef {object} Step One thing of several that takes its time.
 * @property {string} what what is being done: `kube-apiserver 1.34.4`
 * @property {number} number its place, from 1
 * @property {number} of how many there are
 * @property {number} expectedSeconds how long it usually takes
 *
 * @typedef {object} Terminal Where progress goes and what time it is.
 * @property {(text: string) => void} write
 * @property {boolean} live whether a line can be written over; a log file cannot
 * @property {() => number} now milliseconds
 * @property {(tick: () => void, milliseconds: number) => () => void} every starts a timer, returns what stops it
 */

/** Shorter than this nothing is said: a start with everything in place stays quiet. */
const QUIET_MILLISECONDS = 2000;

/** In a log a line for every second would bury the rest. */
const LOG_LINE_MILLISECONDS = 20_000;

/**
 * Runs a step and says, once it has taken two seconds, what it is, how far along and how long it may take: on a
 * terminal in one line that is kept up to date, elsewhere in a new line now and then.
 * @template Result
 * @param {Step} step
 * @param {() => Promise<Result>} work
 * @param {Terminal} terminal
 * @returns {Promise<Result>}
 */
export async function withProgress(step, work, terminal = standardError()) {
  const started = terminal.now();
  const elapsed = () => terminal.now() - started;
  const prefix = `[${step.number}/${step.of}] ${step.what}`;
  let said = -Infinity;
  const stop = terminal.every(() => {
    const passed = elapsed();
    if (passed < QUIET_MILLISECONDS) return;
    if (!terminal.live && passed - said < LOG_LINE_MILLISECONDS) return;
    said = passed;
    const line = `${prefix}: ${inWords(passed)} of about ${inWords(step.expectedSeconds * 1000)}`;
    terminal.write(terminal.live ? `\r${line}\u001b[K` : `${line}\n`);
  }, 1000);
  try {
    const result = await work();
    if (said !== -Infinity)
      terminal.write(
        `${terminal.live ? '\r' : ''}${prefix}: done in ${inWords(elapsed())}${terminal.live ? '\u001b[K' : ''}\n`,
      );
    return result;
  } catch (error) {
    if (said !== -Infinity && terminal.live) terminal.write('\n');
    throw error;
  } finally {
    stop();
  }
}

/**
 * `41 s`, `4 min 5 s`.
 * @param {number} milliseconds
 */
export function inWords(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
}

/** @returns {Terminal} */
function standardError() {
  return {
    write: (text) => process.stderr.write(text),
    live: process.stderr.isTTY && process.env['TERM'] !== 'dumb',
    now: () => performance.now(),
    every: (tick, milliseconds) => {
      const timer = setInterval(tick, milliseconds);
      return () => {
        clearInterval(timer);
      };
    },
  };
}
