import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';
import type { JournalHead } from './journal-head.ts';
import { recordPath, sequenceOf } from './record-path.ts';
import { sealRecord } from './seal-record.ts';
import { THEN, voteEntry } from './testing/journal-folder.ts';
import { type ChainVerdict, verifyChain } from './verify-chain.ts';
import type { RecordFile } from './walk-records.ts';

const LENGTH = 6;

/** The files of a journal, without a disk. */
function makeFiles(length: number): { files: RecordFile[]; head: JournalHead | undefined } {
  const files: RecordFile[] = [];
  let head: JournalHead | undefined;
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const algorithm = sequence % 3 === 0 ? 'sm3' : 'sha256';
    const sealed = sealRecord(voteEntry(sequence), { centre: 'production', head, time: THEN, algorithm });
    head = sealed.head;
    files.push({ path: recordPath(sequence), sequence, bytes: Buffer.from(sealed.text) });
  }
  return { files, head };
}

const { files: FILES, head: HEAD } = makeFiles(LENGTH);

function verify(files: readonly RecordFile[], options: { head?: boolean } = {}): Promise<ChainVerdict> {
  const stream = async function* () {
    await Promise.resolve();
    yield* files;
  };
  const witnesses = HEAD === undefined || options.head === false ? [] : [{ ...HEAD, source: 'a peer' }];
  return verifyChain(stream(), { witnesses, algorithm: 'sm3' });
}

/** The files with the content of one changed; its name stays. */
function withBytes(sequence: number, change: (bytes: Buffer) => Uint8Array): RecordFile[] {
  return FILES.map((file) =>
    file.sequence === sequence ? { ...file, bytes: change(Buffer.from(file.bytes)) } : file,
  );
}

const contentOf = (sequence: number): Uint8Array => FILES[sequence - 1]?.bytes ?? new Uint8Array();

const anySequence = fc.integer({ min: 1, max: LENGTH });
const anyPlace = anySequence.chain((sequence) =>
  fc.tuple(fc.constant(sequence), fc.integer({ min: 0, max: contentOf(sequence).length - 1 })),
);

describe('a chain of records', () => {
  it('holds as it was written, with the head that a peer has of it, or an earlier one', async () => {
    expect(await verify(FILES)).toEqual({
      records: LENGTH,
      centre: 'production',
      head: HEAD,
      fault: undefined,
    });
    expect((await verify([...FILES, ...makeFiles(LENGTH + 2).files.slice(LENGTH)])).fault).toBeUndefined();
  });

  it('shows any change of any byte, and names the record [S-01]', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, fc.integer({ min: 1, max: 255 }), async ([sequence, offset], flip) => {
        const files = withBytes(sequence, (bytes) => {
          bytes.writeUInt8(bytes.readUInt8(offset) ^ flip, offset);
          return bytes;
        });
        expect(await verify(files)).toMatchObject({ fault: { sequence }, records: sequence - 1 });
      }),
      { numRuns: 1000 },
    );
  });

  it('shows any byte too many or too few, and names the record', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlace,
        fc.option(fc.integer({ min: 0, max: 255 })),
        async ([sequence, offset], extra) => {
          const files = withBytes(sequence, (bytes) =>
            Buffer.concat([
              bytes.subarray(0, offset),
              Buffer.from(extra === null ? [] : [extra]),
              bytes.subarray(extra === null ? offset + 1 : offset),
            ]),
          );
          expect((await verify(files)).fault).toMatchObject({ sequence });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shows a record that was truncated, at any length', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, async ([sequence, length]) => {
        const files = withBytes(sequence, (bytes) => bytes.subarray(0, length));
        expect((await verify(files)).fault).toMatchObject({ kind: 'altered', sequence });
      }),
    );
  });

  it('shows a tail that was cut off, at any length, by the head of a peer [S-01]', async () => {
    for (let kept = 0; kept < LENGTH; kept += 1) {
      const { fault } = await verify(FILES.slice(0, kept));
      expect(fault).toMatchObject({ kind: 'cut', sequence: kept + 1, path: recordPath(kept + 1) });
      expect(fault?.detail).toContain('a peer holds the head');
    }
  });

  it('shows any record that was taken out [S-01]', async () => {
    for (let sequence = 1; sequence < LENGTH; sequence += 1) {
      const files = FILES.filter((file) => file.sequence !== sequence);
      expect((await verify(files, { head: false })).fault).toMatchObject({ kind: 'missing', sequence });
    }
  });

  it('shows any two records that changed places', async () => {
    const pairs = fc.tuple(anySequence, anySequence).filter(([one, other]) => one < other);
    await fc.assert(
      fc.asyncProperty(pairs, async ([one, other]) => {
        const files = FILES.map((file) => {
          if (file.sequence === one) return { ...file, bytes: contentOf(other) };
          return file.sequence === other ? { ...file, bytes: contentOf(one) } : file;
        });
        expect((await verify(files, { head: false })).fault).toMatchObject({
          kind: 'misplaced',
          sequence: one,
        });
      }),
    );
  });

  it('shows a record that was written anew by the rules, even with its digest in the next one', async () => {
    const forge = (sequence: number, edit: (text: string) => string) =>
      withBytes(sequence, (bytes) => Buffer.from(edit(bytes.toString())));
    for (let sequence = 1; sequence < LENGTH; sequence += 1) {
      const forged = forge(sequence, (text) => text.replace('"granted":true', '"granted":false'));
      expect((await verify(forged, { head: false })).fault).toMatchObject({ kind: 'altered', sequence });
      const digest = digestOf(forged[sequence - 1]?.bytes ?? '');
      const mended = forged.map((file) =>
        file.sequence === sequence + 1
          ? {
              ...file,
              bytes: Buffer.from(
                Buffer.from(file.bytes)
                  .toString()
                  .replace(/(?<="previous":")[^"]+/, digest),
              ),
            }
          : file,
      );
      expect((await verify(mended)).fault).toMatchObject({ kind: 'altered', sequence: sequence + 1 });
    }
  });

  it('shows a chain that was written anew as a whole, by the head of a peer', async () => {
    const anew: RecordFile[] = [];
    let head: JournalHead | undefined;
    for (const { sequence = 0 } of FILES) {
      const entry = {
        ...voteEntry(sequence),
        actor: sequence === 3 ? 'pod/somebody-else' : 'pod/zaibei-operator-0',
      };
      const sealed = sealRecord(entry, { centre: 'production', head, time: THEN, algorithm: 'sha256' });
      head = sealed.head;
      anew.push({ path: recordPath(sequence), sequence, bytes: Buffer.from(sealed.text) });
    }
    expect((await verify(anew, { head: false })).fault).toBeUndefined();
    expect((await verify(anew)).fault).toMatchObject({ kind: 'altered', sequence: LENGTH });
  });

  it('cannot show by itself which of the last two was altered, and says so', async () => {
    const files = withBytes(LENGTH - 1, (bytes) => Buffer.from(bytes.toString().replace('true', 'null')));
    const { fault } = await verify(files, { head: false });
    expect(fault).toMatchObject({ kind: 'altered', sequence: LENGTH - 1 });
    expect(fault?.detail).toContain('one of the two was altered');
  });

  it('shows records of another centre, and files that are no records', async () => {
    const foreign = withBytes(4, (bytes) =>
      Buffer.from(bytes.toString().replace('"centre":"production"', '"centre":"local-dr"')),
    );
    expect((await verify(foreign)).fault).toMatchObject({ kind: 'foreign', sequence: 4 });
    const path = 'records/000000/000/000000000003.json.bak';
    const stray = { path, sequence: sequenceOf(path), bytes: contentOf(3) };
    const files = [...FILES.slice(0, 3), stray, ...FILES.slice(3)];
    expect((await verify(files)).fault).toMatchObject({ kind: 'stray', path });
  });
});
