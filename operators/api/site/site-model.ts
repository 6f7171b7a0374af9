import type { BackupStore } from '../kinds/backup-store.ts';
import type { DataZone } from '../kinds/data-zone.ts';
import type { Dataset } from '../kinds/dataset.ts';
import type { ProtectionPolicy } from '../kinds/protection-policy.ts';
import type { Site } from '../kinds/site.ts';
import type { Topology } from '../kinds/topology.ts';

/** All documents of a site, each of the right shape, and fit for each other. */
export interface SiteModel {
  readonly name: string;
  /** Absolute path of the site's folder. */
  readonly directory: string;
  readonly site: Site;
  readonly topology: Topology;
  readonly zones: readonly DataZone[];
  readonly policies: readonly ProtectionPolicy[];
  readonly datasets: readonly Dataset[];
  readonly stores: readonly BackupStore[];
}
