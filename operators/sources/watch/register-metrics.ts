import type { Dataset } from '../../api/index.ts';
import {
  sourceCertificateExpires,
  sourceDatabaseBytes,
  sourceSlotRetainedBytes,
  sourceSnapshot,
  sourceUp,
  type Metrics,
} from '../../metrics/index.ts';
import type { Live } from '../../runtime/index.ts';
import { valueOf } from '../postgres/facts/fact.ts';
import type { WatchedSources } from './watched-sources.ts';

/** Figures about the sources that are read here, from the live samples at each scrape. */
export function registerSourceMetrics(metrics: Metrics, sources: WatchedSources): void {
  const all = () =>
    [...sources.samples()].map(([dataset, sample]) => ({ labels: labelsOf(dataset), ...sample }));
  metrics.derived(sourceUp, () =>
    all().flatMap(({ labels, readAt, trouble }) => {
      if (readAt === undefined && trouble === undefined) return [];
      return [{ labels, value: trouble === undefined ? 1 : 0 }];
    }),
  );
  metrics.derived(sourceSnapshot, () =>
    all().flatMap(({ labels, readAt }) => (readAt === undefined ? [] : [{ labels, value: readAt / 1_000 }])),
  );
  metrics.derived(sourceDatabaseBytes, () =>
    all().flatMap(({ labels, facts }) =>
      ((facts && valueOf(facts.databases)) ?? []).map(({ name, bytes }) => {
        return { labels: { ...labels, database: name }, value: bytes };
      }),
    ),
  );
  metrics.derived(sourceSlotRetainedBytes, () =>
    all().flatMap(({ labels, facts }) =>
      ((facts && valueOf(facts.slots)) ?? []).flatMap(({ name, retainedBytes }) =>
        retainedBytes === null ? [] : [{ labels: { ...labels, slot: name }, value: retainedBytes }],
      ),
    ),
  );
  metrics.derived(sourceCertificateExpires, () =>
    all().flatMap(({ labels, facts, certificateExpires }) => {
      const ends = { guard: certificateExpires, server: facts && valueOf(facts.certificateExpires) };
      return Object.entries(ends).flatMap(([whose, end]) =>
        end === undefined ? [] : [{ labels: { ...labels, whose }, value: end / 1_000 }],
      );
    }),
  );
}

function labelsOf({ metadata }: Live<Dataset>): { readonly namespace: string; readonly dataset: string } {
  return { namespace: metadata.namespace ?? '', dataset: metadata.name };
}
