/** What `zaibei catalogue` says in Chinese. */
export const catalogueMessages = {} as const;
