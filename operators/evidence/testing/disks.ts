import { type Disk, realDisk } from '../durable-file.ts';

/** How a failing disk fails. */
export interface Failure {
  /** The operation that fails, counted from 1 over all kinds of them. */
  readonly at: number;
  /** `ENOSPC`, `EIO`, … */
  readonly code: string;
  /** Whether everything after it fails as well, as for a process that is killed there. */
  readonly forGood: boolean;
}

/** A file system that fails at one operation; writing, flushing and closing a file are operations too. */
export class FailingDisk {
  /** Operations asked for so far. */
  operations = 0;
  readonly #failure: Failure;

  constructor(failure: Failure) {
    this.#failure = failure;
  }

  readonly disk: Disk = {
    mkdir: (folder, options) => this.#run(() => realDisk.mkdir(folder, options)),
    link: (existing, file) => this.#run(() => realDisk.link(existing, file)),
    unlink: (file) => this.#run(() => realDisk.unlink(file)),
    open: async (file, flags, mode) => {
      const handle = await this.#run(() => realDisk.open(file, flags, mode));
      return {
        sync: () => this.#run(() => handle.sync()),
        // Whatever the test wants, no descriptor is left open.
        close: () => handle.close().then(() => this.#run(() => Promise.resolve())),
        // A full disk takes what still fits.
        writeFile: (content) =>
          this.#run(
            () => handle.writeFile(content),
            () => handle.writeFile(content.slice(0, 20)),
          ),
      };
    },
  };

  async #run<Result>(call: () => Promise<Result>, instead?: () => Promise<unknown>): Promise<Result> {
    this.operations += 1;
    const { at, code, forGood } = this.#failure;
    if (this.operations === at || (forGood && this.operations > at)) {
      await instead?.();
      throw Object.assign(new Error(`${code}: as the test wants it`), { code });
    }
    return call();
  }
}

/** A file system that flushes nothing: for journals that a test only reads, because flushing takes milliseconds. */
export const hastyDisk: Disk = {
  ...realDisk,
  open: async (file, flags, mode) => {
    const handle = await realDisk.open(file, flags, mode);
    return {
      writeFile: (content) => handle.writeFile(content),
      close: () => handle.close(),
      sync: () => Promise.resolve(),
    };
  },
};
