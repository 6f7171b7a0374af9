import { sourceCertificateExpires } from '../../metrics/index.ts';
import type { SourceEvidence } from '../../protection/index.ts';
import { trigger, type BackgroundWork, type Dependencies, type ObjectKey } from '../../runtime/index.ts';
import { Exporters } from './exporters.ts';
import type { ReadReport } from './read-report.ts';

/** What this folder adds to the operator, and what it has for other folders. */
export interface FilesModule {
  /** Runs while this process leads. */
  readonly whileLeading: readonly BackgroundWork[];
  /** For the condition `SourceReady` of datasets of files. */
  readonly evidence: SourceEvidence;
}

/** Runs the exporters of the datasets of files of which this centre is home, while it leads. */
export function filesOf(dependencies: Dependencies, read?: ReadReport): FilesModule {
  const exporters = new Exporters(dependencies, read);
  dependencies.metrics.derived(sourceCertificateExpires, () =>
    [...exporters.samples()].flatMap(([{ metadata }, { certificateUntil }]) => {
      const labels = { namespace: metadata.namespace ?? '', dataset: metadata.name, whose: 'export' };
      return certificateUntil === undefined ? [] : [{ labels, value: certificateUntil / 1_000 }];
    }),
  );
  return {
    whileLeading: [exporters],
    evidence: {
      judge: (dataset, now, home) => exporters.judge(dataset, now, home),
      triggers: [trigger<ObjectKey>(exporters.known.changed, (key) => [key])],
    },
  };
}
