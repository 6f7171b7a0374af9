/** How `zaibei` ends, for scripts. */
export const EXIT_CODES = {
  /** Done, and nothing is wrong; warnings are no error. */
  fine: 0,
  /** Done, and something is wrong: the output says what. */
  findings: 1,
  /** Not done: the command line is not understood. */
  usage: 2,
  /** Not done: something that it needs is not there, or cannot be read. */
  unable: 3,
} as const;
