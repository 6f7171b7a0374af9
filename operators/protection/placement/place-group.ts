import { API_VERSION, placementKind, type Placement } from '../../api/index.ts';
import { OPERATOR } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import {
  createOrAdopt,
  resourceTypeOf,
  splitKey,
  WaitingError,
  type ApiClient,
  type Live,
  type ObjectKey,
  type Reader,
} from '../../runtime/index.ts';
import type { Roles } from './designed-roles.ts';

/** Placements as the API server has them. */
export const PLACEMENTS = resourceTypeOf(placementKind);

/** As whom Placements are created. */
const FIELD_MANAGER = 'zaibei-placement';

/** How long a name taken by a stranger is left alone: it is a person who must clear it. */
const STRANGER_WAIT = 300_000;

/**
 * Finds the Placement of a group, or creates it at epoch 1: by a plain create under the group's name, so that of two
 * operators, or of one that was stopped in between, only the first makes it and the other adopts it. One that is there is
 * never changed here, whatever the design says by now.
 *
 * It has no owner. It must outlive the Dataset, the DataZone and the Topology that it was made from: were it made anew, its
 * epoch would begin again at 1, below what the other centres have agreed on since.
 * @param key `namespace/group`
 * @param design roles to create it with; undefined: it is only looked for
 * @throws WaitingError, StrangerError where something else has the name; ApiError
 */
export async function findOrPlace(
  { client, placements }: { readonly client: ApiClient; readonly placements: Reader<Live<Placement>> },
  key: ObjectKey,
  design: Roles | undefined,
  signal: AbortSignal,
): Promise<{ readonly placement: Live<Placement> | undefined; readonly created: boolean }> {
  const known = placements.find(key);
  if (known !== undefined || design === undefined) {
    return { placement: known && refuseStranger(known), created: false };
  }
  const { namespace, name } = splitKey(key);
  const labels = { [LABELS.partOf]: 'zaibei', [LABELS.managedBy]: OPERATOR };
  const spec: Placement['spec'] = { group: name, ...design, epoch: 1 };
  const metadata = { namespace, name, labels };
  const { object, created } = await createOrAdopt(
    client,
    PLACEMENTS,
    { apiVersion: API_VERSION, kind: placementKind.kind, metadata, spec },
    { fieldManager: FIELD_MANAGER, label: LABELS.managedBy, signal },
  );
  return { placement: refuseStranger(object), created };
}

function refuseStranger(placement: Live<Placement>): Live<Placement> {
  const { metadata, spec } = placement;
  if (spec.group === metadata.name) return placement;
  const message =
    `the Placement ${metadata.name} is that of the group ${spec.group}; operators name it after its group. ` +
    'Somebody else made it: delete it, and it is made anew.';
  throw new WaitingError(STRANGER.code, STRANGER.reason, message, STRANGER_WAIT);
}

const STRANGER = { code: 'ZB-PRT-003', reason: 'ForeignPlacement' } as const;
