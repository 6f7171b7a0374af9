/** What `zaibei journal` says in English. */
export const journalMessages = {
  journalHolds: 'journal of {centre}: all records hold: {records}',
  journalEmpty: 'the journal is empty',
  journalHead: 'head {head}',
  headChecked: 'it leads to the {heads} head(s) given, so nothing up to them was cut off or written anew',
  noHead:
    'no head from elsewhere was given (--head): last records that were cut off or written anew would not show',
  signedUpTo: 'signed by the keys given up to record {sequence}',
  recordFault: 'record {sequence} ({path}): {what}',
  holdBefore: 'records before it that hold: {records}',
  recordUnreadable: '{path} cannot be shown ({problem})',
  verifying: 'verifying: {records} of {all} records, {seconds} s so far',
  headSigned: 'signed, and kept in {path}',
  alreadySigned: 'this key has signed this head already',
  forMinutes: 'write the head into the minutes, or keep it elsewhere:',
} as const;
