import { isUtf8 } from 'node:buffer';

/** What may stand in a text for people as it is: no control character, no reversal of direction, no invisible one. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\\]/gu;

/**
 * A file's name as a text on one line. A name is bytes, and may hold anything but NUL: what cannot be printed is escaped as in
 * C, `\n`, `\x1b`; Chinese and spaces stay as they are.
 */
export function printName(name: Buffer): string {
  if (!isUtf8(name)) return escapeBytes(name);
  return name.toString('utf8').replace(UNPRINTABLE, (character) => {
    if (character === '\\') return '\\\\';
    if (character === '\n') return '\\n';
    return escapeBytes(Buffer.from(character));
  });
}

/** Reads a name as rsync writes it: bytes that are not plain ASCII as `\#` and three octal digits. */
export function readListedName(text: string): Buffer {
  const parts = text.split(/\\#([0-7]{3})/);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 0 ? Buffer.from(part, 'latin1') : Buffer.of(Number.parseInt(part, 8)),
    ),
  );
}

function escapeBytes(bytes: Buffer): string {
  return [...bytes]
    .map((byte) =>
      0x20 <= byte && byte < 0x7f && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}
