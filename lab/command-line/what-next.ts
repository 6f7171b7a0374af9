import type { LabInstance } from '../instance.ts';
import { labCommand } from '../lab-command.ts';

/** What a person may try once an instance is up. */
export function whatNext({ name, centres }: LabInstance): string {
  const [first, last] = [centres[0], centres.at(-1)];
  if (first === undefined || last === undefined) return '';
  const cut = first === last ? '' : `  ${labCommand(name, `link cut ${first.name} ${last.name}`)}\n`;
  return `
Next:
  eval "$(${labCommand(name, 'env').replace('run', 'run --silent')})"     # kubectl and cdktf in this shell
  kubectl --context ${first.context} get nodes
  npm run diff                                # what a deployment would change
  npx zaibei status                           # how everything stands
  ${labCommand(name, `power off ${first.name}`)}       # pull a plug
${cut}  ${labCommand(name, 'status')}
  ${labCommand(name, 'down')}
`;
}
