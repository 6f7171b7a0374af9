/** Notes that something was opened and is to be closed again. @returns it */
export type Keep = <T extends AsyncDisposable>(opened: T) => T;

/** Does something with what it opens, and closes all of that afterwards, the last first, whatever comes: `await using` is not in Node 22. */
export async function withOpened<Result>(action: (keep: Keep) => Promise<Result>): Promise<Result> {
  const opened: AsyncDisposable[] = [];
  try {
    return await action((thing) => {
      opened.push(thing);
      return thing;
    });
  } finally {
    for (const thing of opened.toReversed()) await thing[Symbol.asyncDispose]();
  }
}
