import { App } from 'cdktf/lib/app.js';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { viewCentre } from './centre-view.ts';
import { ControlStack } from './control-stack.ts';
import { FoundationStack } from './foundation-stack.ts';
import { ZoneStack } from './zone-stack.ts';

/** What differs from run to run. */
export interface AppOptions {
  /** Folder for the synthesized JSON. */
  readonly outdir?: string;
  /** Calendar day `2026-11-22` by which exchange grants expire. */
  readonly today: string;
}

/**
 * The stacks of a site: the same classes for every centre, municipal clouds included (按照省级技术架构). Building them
 * writes nothing; `app.synth()` does.
 * @throws UnrenderableObjectError
 */
export function buildApp(model: SiteModel, { outdir, today }: AppOptions): App {
  const app = new App({ ...(outdir !== undefined && { outdir }) });
  for (const centre of model.topology.spec.centres) {
    const view = viewCentre(model, centre);
    const foundation = new FoundationStack(app, view);
    const zone = new ZoneStack(app, view, today);
    const control = new ControlStack(app, view);
    zone.addDependency(foundation);
    control.addDependency(zone);
  }
  return app;
}
