/** Adds records to the journal in a folder until it is killed, and prints the sequence of each that is acknowledged. */
import { openJournal } from '../file-journal.ts';

const folder = process.argv[2] ?? '';
const journal = await openJournal({ folder, centre: 'production', now: () => Date.now() });
for (;;) {
  const { sequence } = await journal.append({
    kind: 'vote',
    actor: 'pod/killed',
    body: { round: 'endless' },
  });
  process.stdout.write(`${sequence}\n`);
}
