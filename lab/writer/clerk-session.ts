import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Machine } from '../centre/machine.ts';
import { adminOptions, kubectl } from '../kubectl.ts';
import { LICENCE_FOLDERS } from '../tenants/licence-scripts.ts';
import { CLERK_COMMAND, LICENCES } from '../tenants/licences.ts';
import type { FileChange, FileSession } from './file-writer.ts';
import type { WriteOutcome } from './row-writer.ts';

/** Milliseconds that a change has to be on the disk in. */
const PATIENCE = 15_000;

/** The clerk of the licence library, at work in its pod and told what to do over `kubectl exec`. */
export class ClerkSession implements FileSession {
  readonly #clerk: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string, undefined>;
  #said = '';

  private constructor(clerk: ChildProcessWithoutNullStreams) {
    this.#clerk = clerk;
    this.#answers = createInterface({ input: clerk.stdout })[Symbol.asyncIterator]();
    clerk.stderr.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    // A clerk that has ended takes no more; who waits for the answer is told.
    clerk.stdin.on('error', () => undefined);
    clerk.on('error', (error) => (this.#said += error.message));
  }

  /** Starts a clerk in a centre. @throws Error when there is none to be started */
  static async open(machine: Machine): Promise<ClerkSession> {
    const session = new ClerkSession(
      spawn(machine.toolchain.programs.kubectl, [...adminOptions(machine), ...execArguments(CLERK_COMMAND)]),
    );
    // A line that is no command is answered too, and changes nothing.
    if ((await session.#ask('hello')) === undefined) throw new Error(session.#failure());
    return session;
  }

  async change(change: FileChange): Promise<WriteOutcome> {
    const { what, path } = change;
    const fields = what === 'put' ? [what, path, change.content.lines, change.content.text] : [what, path];
    const answer = await this.#ask(fields.join('\t'));
    if (answer === 'done') return { outcome: 'acknowledged' };
    return answer === undefined
      ? { outcome: 'unsure', reason: this.#failure(), usable: false }
      : { outcome: 'unsure', reason: `the clerk says: ${answer}`, usable: true };
  }

  /** The clerk's answer to a line; undefined when it has none to give any more. */
  async #ask(line: string): Promise<string | undefined> {
    const deadline = setTimeout(() => this.#clerk.kill('SIGKILL'), PATIENCE);
    this.#clerk.stdin.write(`${line}\n`);
    const { value, done } = await this.#answers.next();
    clearTimeout(deadline);
    return done === true ? undefined : value;
  }

  #failure(): string {
    return `the clerk of the licence library is gone: ${this.#said.trim()}`;
  }

  close(): Promise<void> {
    this.#clerk.kill('SIGKILL');
    return Promise.resolve();
  }
}

/** Digest of every file that the writer has in the library of a centre, by its path. */
export async function readFileDigests(machine: Machine): Promise<ReadonlyMap<string, string>> {
  const folder = `${LICENCE_FOLDERS.volume}/${LICENCE_FOLDERS.inbox}`;
  const list = `cd ${folder} && find . -type f ! -name '*.part' -exec sha256sum {} +`;
  const printed = await kubectl(machine, execArguments(['/bin/bash', '-c', list]));
  const lines = printed.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(64 + '  ./'.length), line.slice(0, 64)]));
}

function execArguments(command: readonly string[]): readonly string[] {
  return [
    `--namespace=${LICENCES}`,
    'exec',
    '--stdin',
    '--quiet',
    `deployment/${LICENCES}`,
    '--',
    ...command,
  ];
}
