import { readFile } from 'node:fs/promises';
import { EvidenceError } from '../../operators/evidence/index.ts';

/** The text of a file with a key, as PEM. @throws EvidenceError `ZB-EVD-009` when it cannot be read */
export async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new EvidenceError('ZB-EVD-009', `the key cannot be read: ${String(cause)}`, { cause });
  }
}
