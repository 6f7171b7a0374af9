/** What a person may try once an instance is up. */
export function whatNext(instance: string): string {
  const words = instance === 'lab' ? 'lab --' : `lab -- --instance ${instance}`;
  const context = `${instance}-production`;
  return `
Next:
  eval "$(npm run --silent ${words} env)"     # kubectl and cdktf in this shell
  kubectl --context ${context} get nodes
  npm run diff                                # what a deployment would change
  npm run ${words} power off production       # pull a plug
  npm run ${words} link cut production remote-dr
  npm run ${words} status
  npm run ${words} down
`;
}
