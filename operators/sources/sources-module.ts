import type { SourceEvidence } from '../protection/index.ts';
import type { ControllerModule, Dependencies } from '../runtime/index.ts';
import { registerSourceMetrics } from './watch/register-metrics.ts';
import { toldEvidence } from './watch/told-evidence.ts';
import { WatchedSources } from './watch/watched-sources.ts';

/** What this folder adds to the operator, and what it has for other folders. */
export interface SourcesModule extends ControllerModule {
  /** For the condition `SourceReady` of datasets. */
  readonly evidence: SourceEvidence;
  /** Live samples of the sources that have their home here. */
  readonly sources: WatchedSources;
}

/** Reads the sources of which this centre is home, while it leads: one program asks a database, not each replica. */
export function sourcesOf(dependencies: Dependencies): SourcesModule {
  const sources = new WatchedSources(dependencies);
  registerSourceMetrics(dependencies.metrics, sources);
  return {
    name: 'sources',
    controllers: [],
    whileLeading: [sources],
    evidence: toldEvidence(sources, dependencies.identity.centre),
    sources,
  };
}
