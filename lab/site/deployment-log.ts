/** What one stack did, as Terraform says it at the end. */
export interface StackResult {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** `lab-production-zone  Apply complete! Resources: 40 added, 0 changed, 0 destroyed.` */
const COMPLETE =
  /^(\S+)\s+(?:Apply|Destroy) complete! Resources: (?:(\d+) added, (\d+) changed, )?(\d+) destroyed/;

/** `lab-production-zone  │ Error: …`; Terraform draws a box around what went wrong. */
const ERROR = /^(\S+)\s+.*?│ (?:Error: )?(.*)$/;

/** Reads one line of cdktf's output; undefined unless a stack has finished on it. */
export function readStackResult(line: string): StackResult | undefined {
  const match = COMPLETE.exec(line);
  if (match === null) return undefined;
  const [, stack = '', added = '0', changed = '0', destroyed = '0'] = match;
  return { stack, added: Number(added), changed: Number(changed), destroyed: Number(destroyed) };
}

/** What went wrong, per stack, in the words of Terraform and its provider. */
export function readErrors(output: string): readonly string[] {
  const lines = output.split('\n').flatMap((line) => {
    const match = ERROR.exec(line);
    const text = match?.[2]?.trim() ?? '';
    return text === '' ? [] : [`${match?.[1] ?? ''}: ${text}`];
  });
  return [...new Set(lines)];
}
