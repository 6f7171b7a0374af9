/** How `zaibei` ends, for scripts. */
export const EXIT_CODES = {
  /** Done, and nothing is wrong; warnings are no error. */
  fine: 0,
  /** Done, and something is wrong: the output says what. */
  findings: 1,
  /** Not done: the command line is not understood. */
  usage: 2,
} as const;
