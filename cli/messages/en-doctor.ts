/** What `zaibei doctor` says in English. */
export const doctorMessages = {} as const;
