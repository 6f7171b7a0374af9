import { z } from 'zod';

/** What a deployment would do to one object. */
export interface ObjectChange {
  /** Kind and name as Terraform has it, readable: `networkpolicy population/dns`. */
  readonly object: string;
  readonly action: 'add' | 'change' | 'destroy' | 'replace';
  /** Whether the object in the cluster is not what was last deployed: somebody else changed or deleted it. */
  readonly drifted: boolean;
}

/** What is known about a stack: what a deployment would do, or why nobody can tell now. */
export type StackPlan =
  | { readonly stack: string; readonly result: 'planned'; readonly changes: readonly ObjectChange[] }
  | { readonly stack: string; readonly result: 'unknown'; readonly reason: string };

const messageSchema = z.object({
  type: z.string(),
  change: z.object({ action: z.string(), resource: z.object({ addr: z.string() }) }).optional(),
  diagnostic: z
    .object({ severity: z.string(), summary: z.string(), detail: z.string().optional() })
    .optional(),
});

type Message = z.infer<typeof messageSchema>;

const ACTIONS: Readonly<Record<string, ObjectChange['action']>> = {
  create: 'add',
  update: 'change',
  delete: 'destroy',
  replace: 'replace',
};

/**
 * Reads what `terraform plan -json` printed: one JSON message a line.
 * @param exitCode of `-detailed-exitcode`: 0 nothing to do, 2 something to do, anything else a failure
 */
export function readPlan(stack: string, output: string, exitCode: number): StackPlan {
  const messages = output.split('\n').flatMap(readMessage);
  if (exitCode !== 0 && exitCode !== 2) {
    return {
      stack,
      result: 'unknown',
      reason: firstError(messages) ?? `terraform plan ended with ${exitCode}`,
    };
  }
  const changesOf = (type: string) =>
    messages.flatMap((message) => (message.type === type && message.change ? [message.change] : []));
  const drifted = new Set(changesOf('resource_drift').map(({ resource }) => resource.addr));
  const changes = changesOf('planned_change').flatMap(({ action, resource }): ObjectChange[] => {
    const known = ACTIONS[action];
    // `read` and `noop` change nothing.
    if (known === undefined) return [];
    return [{ object: readableName(resource.addr), action: known, drifted: drifted.has(resource.addr) }];
  });
  changes.sort((one, other) => (one.object < other.object ? -1 : 1));
  return { stack, result: 'planned', changes };
}

/** The first error that Terraform or its provider reports in text or JSON form, as one line. */
export function firstErrorLine(output: string): string | undefined {
  return /Error: ([^\n]+)/.exec(output)?.[1]?.trim();
}

function firstError(messages: readonly Message[]): string | undefined {
  const errors = messages.flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []));
  return errors.map(({ summary, detail }) => [summary, detail].filter(Boolean).join(': '))[0];
}

function readMessage(line: string): Message[] {
  if (!line.startsWith('{')) return [];
  const { success, data } = messageSchema.safeParse(JSON.parse(line));
  return success ? [data] : [];
}

/** `kubectl_manifest.networkpolicy_population_dns` → `networkpolicy population/dns`. */
function readableName(address: string): string {
  const [kind = '', ...names] = address.slice(address.indexOf('.') + 1).split('_');
  return `${kind} ${names.join('/')}`;
}
