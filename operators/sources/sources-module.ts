import { datasetKind } from '../api/index.ts';
import type { SourceEvidence } from '../protection/index.ts';
import { resourceTypeOf, type ControllerModule, type Dependencies } from '../runtime/index.ts';
import { filesOf } from './files/index.ts';
import { registerSourceMetrics } from './watch/register-metrics.ts';
import { toldEvidence } from './watch/told-evidence.ts';
import { untilLookedAt } from './watch/until-looked-at.ts';
import { WatchedSources } from './watch/watched-sources.ts';

/** What this folder adds to the operator, and what it has for other folders. */
export interface SourcesModule extends ControllerModule {
  /** For the condition `SourceReady` of datasets. */
  readonly evidence: SourceEvidence;
  /** Live samples of the sources that have their home here. */
  readonly sources: WatchedSources;
}

/**
 * Reads the databases of which this centre is home, and runs the exporters of its files, while it leads: one program asks a
 * database, not each replica.
 */
export function sourcesOf(dependencies: Dependencies): SourcesModule {
  const sources = new WatchedSources(dependencies);
  registerSourceMetrics(dependencies.metrics, sources);
  const files = filesOf(dependencies);
  const databases = toldEvidence({
    sources,
    datasets: dependencies.readers.of(resourceTypeOf(datasetKind)),
    centre: dependencies.identity.centre,
    clock: dependencies.clock,
  });
  return {
    name: 'sources',
    controllers: [],
    whileLeading: [sources, ...files.whileLeading],
    evidence: {
      judge: (dataset, now, home) =>
        untilLookedAt(
          dataset,
          databases.judge(dataset, now, home) ?? files.evidence.judge(dataset, now, home),
        ),
      triggers: [...databases.triggers, ...files.evidence.triggers],
    },
    sources,
  };
}
