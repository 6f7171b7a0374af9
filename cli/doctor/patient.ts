import type { SiteModel } from '../../operators/api/site/site-model.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import type { CentreAccess } from '../centres/find-centres.ts';
import type { Say } from '../messages/say.ts';

/** A centre that is looked at. */
export interface Patient {
  readonly centre: CentreAccess;
  readonly session: CentreSession;
  /** Aborted when its time is up. */
  readonly signal: AbortSignal;
  /** The site that it is of; undefined where none was named. */
  readonly site: SiteModel | undefined;
  /** Nothing has been deployed yet: what a deployment makes need not be there. */
  readonly before: boolean;
  readonly say: Say;
}
