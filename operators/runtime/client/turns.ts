import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes that are worked on before everything else in the process has its turn: a few milliseconds of parsing. */
const SLICE = 128 * 1_024;

/** The chunks of a body, and between them turns for everything else: no answer, however long, holds the process up. */
export async function* withTurns(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let sinceTurn = 0;
  for await (const chunk of chunks) {
    yield chunk;
    sinceTurn += chunk.length;
    if (sinceTurn < SLICE) continue;
    sinceTurn = 0;
    await nextTurn();
  }
}
