/** What `zaibei catalogue` says in English. */
export const catalogueMessages = {} as const;
