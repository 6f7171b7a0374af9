import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** As PostgreSQL counts; the passwords here are random, so that more would only cost time at each connection. */
const ITERATIONS = 4_096;

const VERIFIER = /^SCRAM-SHA-256\$(\d+):([\w+/=]+)\$([\w+/=]+):([\w+/=]+)$/;

/** A new password: 32 random bytes, in letters that stand anywhere. */
export function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What PostgreSQL keeps of a password (RFC 5802): sent in its place, so that the password itself is in no statement, and in no
 * log of the server. From it nobody can log in.
 * @param password ASCII, so that it needs no SASLprep
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = ITERATIONS): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const keys = `${stored}:${hmac('Server Key').toString('base64')}`;
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${keys}`;
}

/** Whether what PostgreSQL keeps is of this password. */
export function isVerifierOf(verifier: string, password: string): boolean {
  const [, iterations, salt] = VERIFIER.exec(verifier) ?? [];
  if (iterations === undefined || salt === undefined) return false;
  const own = Buffer.from(scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations)));
  const kept = Buffer.from(verifier);
  return own.length === kept.length && timingSafeEqual(own, kept);
}
