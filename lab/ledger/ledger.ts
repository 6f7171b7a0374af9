import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { LabError } from '../errors.ts';
import type { LabInstance } from '../instance.ts';

/** Where the ledger of a tenant's writer is. */
export function ledgerFile({ directory }: Pick<LabInstance, 'directory'>, tenant: string): string {
  return path.join(directory, 'ledgers', `${tenant}.jsonl`);
}

/** A line of a ledger, in whichever kind of ledger. */
interface Numbered {
  readonly sequence: number;
}

/** A ledger has a line that is none, and not as its last one: nothing may be judged by it. */
export class LedgerDamagedError extends LabError {
  readonly code = 'ZB-LAB-023';
  constructor(file: string, line: number, cause: unknown) {
    super(
      `${file}:${line} is no line of a ledger, so nothing can be judged by it. ` +
        'Somebody else wrote there. Move the file away; the writers begin a new one.',
      { cause },
    );
  }
}

/**
 * What a writer was told is kept, one JSON line for each change, on the disk of this machine: outside the centres, so that
 * it survives all of them. Only ever added to.
 */
export class Ledger<Entry extends Numbered> {
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #lastSequence: number;

  private constructor(file: FileHandle, lastSequence: number) {
    this.#file = file;
    this.#lastSequence = lastSequence;
  }

  /** Opens a ledger to be continued; a line that a writer did not finish before it ended is cut off. @throws LedgerDamagedError */
  static async open<Entry extends Numbered>(file: string, schema: z.ZodType<Entry>): Promise<Ledger<Entry>> {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a+', 0o600);
    const text = await handle.readFile('utf8');
    await handle.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    const last = parseLedger(file, text, schema).reduce((most, { sequence }) => Math.max(most, sequence), 0);
    return new Ledger<Entry>(handle, last);
  }

  /** The highest number in it; 0 while it is empty. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Adds a line; resolves when it is on the disk. Lines that come meanwhile share the next wait for the disk. */
  append(entry: Entry): Promise<void> {
    this.#lastSequence = Math.max(this.#lastSequence, entry.sequence);
    this.#waiting.push(`${JSON.stringify(entry)}\n`);
    this.#writing = this.#writing.then(() => this.#flush());
    return this.#writing;
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    await this.#file.appendFile(lines.join(''));
    await this.#file.datasync();
  }

  /** Waits for the disk and lets go of the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}

/** Everything that stands in a ledger, in order; nothing, where there is none. @throws LedgerDamagedError */
export async function readLedger<Entry>(file: string, schema: z.ZodType<Entry>): Promise<readonly Entry[]> {
  return existsSync(file) ? parseLedger(file, await readFile(file, 'utf8'), schema) : [];
}

/** A last line without an end is one that is being written, or never will be. */
function parseLedger<Entry>(file: string, text: string, schema: z.ZodType<Entry>): readonly Entry[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return schema.parse(JSON.parse(line));
    } catch (cause) {
      throw new LedgerDamagedError(file, index + 1, cause);
    }
  });
}
