import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { digestSchema } from './digest.ts';
import { createDurably, realDisk } from './durable-file.ts';
import type { JournalHead } from './journal-head.ts';
import { LAST_SEQUENCE } from './journal-record.ts';
import { readPlainFile } from './read-plain-file.ts';
import { signatureSchema, signValue, verifyValue } from './signature.ts';
import type { PrivateKey, PublicKey } from './signing-key.ts';

/** Folder of signed heads within a journal's folder. */
const HEADS = 'heads';

/** Shape of a signed head: what was signed, and the signature over the canonical JSON of all the rest. */
const signedHeadSchema = z.strictObject({
  format: z.literal('zaibei-head/1'),
  centre: z.string().min(1),
  sequence: z.int().min(1).max(LAST_SEQUENCE),
  digest: digestSchema(),
  /** When it was signed, by the signer's clock. */
  time: z.iso.datetime({ precision: 3 }),
  signature: signatureSchema,
});

/** A head that somebody put a name to: with it the records up to there cannot be written anew by who keeps the journal. */
export type SignedHead = Readonly<z.infer<typeof signedHeadSchema>>;

/** Signs a head at a time (milliseconds since 1970). */
export function signHead(centre: string, head: JournalHead, time: number, key: PrivateKey): SignedHead {
  const { sequence, digest } = head;
  const statement = {
    format: 'zaibei-head/1',
    centre,
    sequence,
    digest,
    time: new Date(time).toISOString(),
  } as const;
  return { ...statement, signature: signValue(statement, key) };
}

/** Whether the key signed this head. */
export function verifySignedHead({ signature, ...statement }: SignedHead, key: PublicKey): boolean {
  return verifyValue(statement, signature, key);
}

/**
 * Keeps a signed head in a journal's folder.
 * @returns where, within the folder
 * @throws NodeJS.ErrnoException when it cannot be written; `EEXIST` when this key has signed this record's head already
 */
export async function keepSignedHead(folder: string, head: SignedHead): Promise<string> {
  const signer = head.signature.keyId.split(':').join('-').slice(0, 23);
  const file = path.join(HEADS, `${String(head.sequence).padStart(12, '0')}-${signer}.json`);
  await createDurably(realDisk, folder, file, canonicalJson(head));
  return file;
}

/** A file among the signed heads: `head` is undefined where it is none. */
export interface SignedHeadFile {
  readonly path: string;
  readonly head: SignedHead | undefined;
}

/** All signed heads that a journal's folder holds, in the order of their sequences. */
export async function readSignedHeads(folder: string): Promise<SignedHeadFile[]> {
  const names = await readdir(path.join(folder, HEADS)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    names.sort().map(async (name) => {
      const file = path.join(HEADS, name);
      const bytes = await readPlainFile(path.join(folder, file));
      return { path: file, head: bytes && parseSignedHead(Buffer.from(bytes).toString()) };
    }),
  );
}

function parseSignedHead(text: string): SignedHead | undefined {
  try {
    return signedHeadSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
