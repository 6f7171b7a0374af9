import type { Site } from '../kinds/site.ts';

/** The kubeconfig context by which a centre is deployed: as the site states it, `<site>-<centre>` where it does not. */
export function contextOf(site: Site, centre: string): string {
  return statedContext(site, centre) ?? `${site.metadata.name}-${centre}`;
}

/** The context that the site states for a centre. Asks for an entry of its own: a centre may be named `constructor`. */
export function statedContext({ spec }: Site, centre: string): string | undefined {
  return new Map(Object.entries(spec.contexts ?? {})).get(centre);
}
