import { open, truncate } from 'node:fs/promises';

/** Size from which on the log is begun anew, in bytes: it lies in memory. */
const ENOUGH = 2 ** 20;

/** Lines that nobody needs to read again: each transfer says them. */
const USUAL = /\] (connect from|rsync allowed access|rsync on |building file list|sent \d+ bytes)/;

/** The log that the rsync daemons write, as far as it has been read. */
export class RsyncLog {
  readonly #file: string;
  #read = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** The lines written since, but for what each transfer says. A line half written comes with the next call. */
  async newLines(): Promise<string[]> {
    const handle = await open(this.#file, 'r').catch(() => undefined);
    if (handle === undefined) return [];
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(Math.max(0, size - this.#read)),
        position: this.#read,
      });
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
      this.#read += whole;
      if (this.#read >= ENOUGH && this.#read === size) {
        // It is opened for appending, so whoever is writing goes on at the new end.
        await truncate(this.#file);
        this.#read = 0;
      }
      const text = buffer.subarray(0, whole).toString('utf8');
      return text.split('\n').filter((line) => line !== '' && !USUAL.test(line));
    } finally {
      await handle.close();
    }
  }
}
