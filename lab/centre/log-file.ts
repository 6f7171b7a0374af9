import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A log of bounded size: when it is full it becomes `<file>.1`, in place of the one before, and a new one begins. */
export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  #descriptor: number;
  #size: number;

  /** @param limit bytes that one of the two files may have */
  constructor(path: string, limit = 8 * 1024 * 1024) {
    this.#path = path;
    this.#limit = limit;
    this.#descriptor = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  /** Adds to the log. What a full disk does not take is lost: nobody stops for want of a log. */
  write(chunk: Uint8Array): void {
    try {
      this.#append(chunk);
    } catch {
      // Said nowhere: where would it be written?
    }
  }

  #append(chunk: Uint8Array): void {
    if (this.#size > 0 && this.#size + chunk.byteLength > this.#limit) {
      closeSync(this.#descriptor);
      renameSync(this.#path, `${this.#path}.1`);
      this.#descriptor = openSync(this.#path, 'a', 0o600);
      this.#size = 0;
    }
    writeSync(this.#descriptor, chunk);
    this.#size += chunk.byteLength;
  }

  /** A line of the supervisor's own, told apart from what the program prints. */
  note(text: string): void {
    this.write(Buffer.from(`== ${new Date().toISOString()} ${text}\n`));
  }
}
