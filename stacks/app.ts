import { App } from 'cdktf/lib/app.js';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { CentreStack } from './centre-stack.ts';
import { viewCentre } from './centre-view.ts';
import { ControlStack } from './control-stack.ts';
import { FoundationStack } from './foundation-stack.ts';
import { kubeObjectsIn } from './kube-object.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';
import { StackError } from './stack-error.ts';
import { ZoneStack } from './zone-stack.ts';

/** Settings of {@link buildApp}. */
export interface AppOptions {
  /** Folder for the synthesized JSON; `cdktf.out` unless given. */
  readonly outdir?: string;
  /** Centres whose stacks are wanted; all of them unless given. */
  readonly centres?: readonly string[];
  /** Centres that do not answer now: their stacks are deployed after all others. */
  readonly silent?: ReadonlySet<string>;
}

/**
 * The stacks of a site: the same classes for every centre, municipal clouds included (按照省级技术架构). Building them
 * writes nothing; `app.synth()` does.
 *
 * The stacks of a centre depend on each other, those of two centres never: except that a silent centre comes last. cdktf
 * starts no further stack once one has failed, so a dead centre that came first would keep the living from their changes.
 * @throws StackError `ZB-STK-001`, `ZB-STK-003`
 */
export function buildApp(model: SiteModel, { outdir, centres, silent }: AppOptions = {}): App {
  const app = new App({ ...(outdir !== undefined && { outdir }) });
  const sets = chooseCentres(model, centres).map((centre) => {
    const view = viewCentre(model, centre);
    const foundation = new FoundationStack(app, view);
    const zone = new ZoneStack(app, view);
    const control = new ControlStack(app, view);
    zone.addDependency(foundation);
    control.addDependency(zone);
    return { centre, foundation, control };
  });
  const isSilent = ({ centre }: { readonly centre: { readonly name: string } }): boolean =>
    silent?.has(centre.name) ?? false;
  for (const { foundation } of sets.filter(isSilent)) {
    for (const living of sets.filter((set) => !isSilent(set))) foundation.addDependency(living.control);
  }
  return app;
}

/** The stacks of an app, in the order in which they are deployed. */
export function stacksOf(app: App): CentreStack[] {
  return app.node.children.filter((child) => child instanceof CentreStack);
}

/** Everything that the stacks of one centre would write. */
export function objectsOf(app: App, centre: string): KubernetesObject[] {
  return stacksOf(app).flatMap((stack) => (stack.centre === centre ? kubeObjectsIn(stack) : []));
}

function chooseCentres(
  { topology, name }: SiteModel,
  wanted?: readonly string[],
): SiteModel['topology']['spec']['centres'] {
  const { centres } = topology.spec;
  const unknown = wanted?.filter((candidate) => !centres.some((centre) => centre.name === candidate)) ?? [];
  if (unknown.length > 0) {
    const known = centres.map((centre) => centre.name).join(', ');
    throw new StackError(
      'ZB-STK-003',
      'ZAIBEI_CENTRES',
      `the site ${name} has no ${unknown.join(', ')}; it has ${known}`,
    );
  }
  return centres.filter((centre) => wanted?.includes(centre.name) ?? true);
}
