import { stripVTControlCharacters } from 'node:util';

/** What one stack did, as Terraform says it at the end. */
export interface StackResult {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** `lab-zone  text`: cdktf names the stack once and indents what follows. */
const STACK = /^([a-z][-a-z0-9]*) {2}/;
const APPLIED = /^Apply complete! Resources: (\d+) added, (\d+) changed, (\d+) destroyed/;
const DESTROYED = /^Destroy complete! Resources: (\d+) destroyed/;

/** Reads what cdktf prints, line by line: which stack has finished with what, and what went wrong in which. */
export class DeploymentLog {
  readonly results: StackResult[] = [];
  readonly #errors = new Set<string>();
  /** Stacks whose last box is about an error. */
  readonly #inError = new Set<string>();
  #stack = '';

  /** Takes the next line; returns the result when a stack has finished on it. */
  read(line: string): StackResult | undefined {
    const plain = stripVTControlCharacters(line);
    this.#stack = STACK.exec(plain)?.[1] ?? this.#stack;
    const text = plain.replace(STACK, '').trim();
    this.#readBox(text);
    const [applied, destroyed] = [APPLIED.exec(text), DESTROYED.exec(text)];
    if (applied === null && destroyed === null) return undefined;
    const result = {
      stack: this.#stack,
      added: Number(applied?.[1] ?? 0),
      changed: Number(applied?.[2] ?? 0),
      destroyed: Number(applied?.[3] ?? destroyed?.[1] ?? 0),
    };
    this.results.push(result);
    return result;
  }

  /** What went wrong, per stack, in the words of Terraform and its provider; each line once. */
  get errors(): readonly string[] {
    return [...this.#errors];
  }

  /** Terraform draws a box around what went wrong, and the same box around what is only worth a warning. */
  #readBox(text: string): void {
    const boxed = /^│ +(.+)$/.exec(text)?.[1];
    if (boxed === undefined) return;
    if (boxed.startsWith('Error: ')) this.#inError.add(this.#stack);
    if (boxed.startsWith('Warning: ')) this.#inError.delete(this.#stack);
    if (this.#inError.has(this.#stack)) this.#errors.add(`${this.#stack}: ${boxed.replace(/^Error: /, '')}`);
  }
}
