import { formatHead, keepSignedHead, type PrivateKey, signHead } from '../operators/evidence/index.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Language } from './frame/language.ts';
import { JOURNAL_TEXT, say } from './journal-text.ts';
import { tellVerdict, verifyWithProgress } from './journal-verify.ts';

/**
 * Verifies a journal, signs its head, and keeps that beside the records. Nothing is signed that does not hold.
 * @returns text for stdout, and how the command ends
 * @throws EvidenceError `ZB-EVD-004`
 */
export async function signJournal(
  folder: string,
  key: PrivateKey,
  language: Language,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const verdict = await verifyWithProgress(folder, { keys: [key] }, language);
  const { centre, head, fault } = verdict;
  if (fault !== undefined || head === undefined || centre === undefined) {
    const { output } = tellVerdict({ folder, heads: 0, keys: 1, verdict }, 'table', language);
    return { output, exitCode: EXIT_CODES.findings };
  }
  const path = await keepUnlessKept(folder, signHead(centre, head, Date.now(), key));
  const done =
    path === undefined
      ? say(JOURNAL_TEXT.alreadySigned, language)
      : say(JOURNAL_TEXT.signedHead, language, { path });
  const lines = [done, `${say(JOURNAL_TEXT.forMinutes, language)} ${formatHead(head)}`];
  return { output: `${lines.join('\n')}\n`, exitCode: EXIT_CODES.fine };
}

async function keepUnlessKept(
  ...[folder, head]: Parameters<typeof keepSignedHead>
): Promise<string | undefined> {
  try {
    return await keepSignedHead(folder, head);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}
