import { PATIENCE } from '../centres/centre-session.ts';
import type { Frame } from './command-frame.ts';

/** Who is kept waiting for so long is told what for, in milliseconds. */
const SILENCE = 2_000;

/** Does what asks centres, and says so on stderr when it lasts. */
export async function withNotice<T>(
  { say, tell }: Frame,
  centres: readonly { readonly name: string }[],
  work: () => Promise<T>,
): Promise<T> {
  const names = centres.map(({ name }) => name).join(', ');
  const timer = setTimeout(() => {
    tell(say('waiting', { centres: names, seconds: PATIENCE / 1_000 }));
  }, SILENCE);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
