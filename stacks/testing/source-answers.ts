import { expect } from 'vitest';
import { accessIdentity } from '../../operators/api/layout/source-access.ts';
import { LICENCES } from './source-readers.ts';

/** The answer to whoever got into the database: how many rows there are. */
export const ROWS = matching(/^[1-9]\d*$/);

/** The answer to whoever got files. */
export const FILES = matching(/^exit 0, [1-9]\d* files;/);

/** The answer of a server that let nobody in, and said why in these words. */
export function refused(words: RegExp): string {
  return matching(words);
}

/**
 * The answer of a database that refused a certificate. By TLS 1.3 a client has done its part before the server looks at its
 * certificate: it hears the alert only when it reads before it writes, and else that the other end is gone. What it never says
 * then is that nobody answered.
 */
export function refusedByTls(alert: string): string {
  const gone = 'server closed the connection|Connection reset by peer|Broken pipe|EOF detected';
  return matching(new RegExp(`SSL error: .*${alert}|failed: .*(${gone})`));
}

/** The answer of the exporter to whoever it refused: it was reached, and proved to be the exporter, and gave nothing. */
export const NO_FILES = matching(
  new RegExp(`^exit [1-9]\\d*, 0 files;.* accepted at depth=0: CN=${accessIdentity('export', LICENCES)}\\b`),
);

/** The answer where an exporter serves nobody: nothing came. */
export const NOT_SERVED = matching(/^exit [1-9]\d*, 0 files; (?!.*Certificate accepted)/);

function matching(words: RegExp): string {
  return expect.stringMatching(words) as string;
}
