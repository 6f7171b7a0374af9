/** What `zaibei doctor` says in Chinese. */
export const doctorMessages = {} as const;
