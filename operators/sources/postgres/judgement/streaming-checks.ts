import { isSlotOfOurs } from '../slot-name.ts';
import { valueOf } from '../facts/fact.ts';
import type { PostgresFacts, SettingName } from '../facts/postgres-facts.ts';
import { findingsOf, type SourceFinding } from './source-finding.ts';

const error = findingsOf('error');
const warning = findingsOf('warning');

/** Connections that one base backup takes: one for files, one for the WAL meanwhile. */
const SENDERS_OF_A_BACKUP = 2;

/** What streaming needs on the side of the source, as long as it does not stream already. */
export const STREAMING_CHECKS: readonly ((facts: PostgresFacts) => SourceFinding[])[] = [
  (facts) => {
    const slots = valueOf(facts.slots);
    const most = numberOf(facts, 'max_replication_slots');
    if (slots === undefined || most === undefined || slots.length < most) return [];
    if (slots.some(({ name }) => isSlotOfOurs(name))) return [];
    return [
      error(
        'NoFreeSlot',
        `All ${most} replication slots are taken: ${slots.map(({ name }) => name).join(', ') || 'there are none to take'}.`,
        'Drop slots that nobody uses, or raise max_replication_slots and restart the database.',
      ),
    ];
  },
  (facts) => {
    const senders = valueOf(facts.walSenders);
    const most = numberOf(facts, 'max_wal_senders');
    if (senders === undefined || most === undefined) return [];
    const ours = senders.some(({ role }) => role.startsWith('zb-replicate-'));
    if (ours || most - senders.length >= SENDERS_OF_A_BACKUP) return [];
    return [
      error(
        'NoFreeSender',
        `Of max_wal_senders = ${most}, ${senders.length} are taken; a base backup takes ${SENDERS_OF_A_BACKUP}.`,
        'Raise max_wal_senders and restart the database.',
      ),
    ];
  },
  ({ slots }) =>
    (valueOf(slots) ?? [])
      .filter(({ walStatus }) => walStatus === 'lost' || walStatus === 'unreserved')
      .map(({ name, walStatus }) =>
        warning(
          'SlotLosesWal',
          `The slot ${name} is ${walStatus ?? ''}: WAL that its standby needs is gone, or goes next.`,
          'Copy that standby anew, or drop the slot if nobody uses it.',
        ),
      ),
  ({ settings }) =>
    valueOf(settings.max_slot_wal_keep_size) === '-1'
      ? [
          warning(
            'SlotsWithoutCap',
            'max_slot_wal_keep_size is -1: a standby that is away fills the disk of the database.',
            'Set it to what the disk can spare; the guard of a real-time leg does so by itself.',
          ),
        ]
      : [],
];

function numberOf({ settings }: PostgresFacts, name: SettingName): number | undefined {
  const text = valueOf(settings[name]);
  return text === undefined ? undefined : Number(text);
}
