/**
 * Asks pods to call each other, from inside a centre: `dial.ts` with a JSON list of URLs on stdin prints for each whether
 * the call was answered. Run in the network namespace of a node, whose pods it always reaches.
 */
import { text } from 'node:stream/consumers';

/** agnhost gives a call up after five seconds. */
const LONGEST_CALL_MS = 10_000;

/** agnhost answers with `responses` when the call was answered, and with `errors` when not. */
async function isAnswered(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_CALL_MS) });
  return (await answer.text()).includes('"responses"');
}

const urls = JSON.parse(await text(process.stdin)) as string[]; // written by tenant-pods.ts
process.stdout.write(JSON.stringify(await Promise.all(urls.map(isAnswered))));
