import { datasetKind, type Dataset, type Placement } from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import {
  keyOf,
  trigger,
  type ApiClient,
  type ControllerDefinition,
  type Identity,
  type Live,
  type ObjectKey,
  type Reader,
  type Reconciliation,
  type Step,
} from '../../runtime/index.ts';
import type { DesiredState } from '../facts/desired-state.ts';
import { findingsAbout, listFindings } from '../facts/findings-about.ts';
import { specChanges } from '../facts/notable-changes.ts';
import { understand } from '../facts/understand.ts';
import { designRoles, type NoRoles } from '../placement/designed-roles.ts';
import type { PassedEpochs } from '../placement/passed-epochs.ts';
import { findOrPlace } from '../placement/place-group.ts';
import type { ProtectionGroups } from '../placement/protection-groups.ts';
import { judgeProtection } from './judge-protection.ts';
import type { Legs } from './leg-evidence.ts';
import { resolveDataset } from './resolve-dataset.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** What the controller of datasets works with. */
export interface DatasetParts {
  readonly state: DesiredState;
  readonly groups: ProtectionGroups;
  readonly placements: Reader<Live<Placement>>;
  readonly epochs: PassedEpochs;
  readonly client: ApiClient;
  readonly identity: Identity;
  readonly legs: Legs;
  readonly sources: SourceEvidence;
}

/**
 * Tells of each Dataset what is to be done for it and whether it is done, and sees to it that its group has a Placement. What
 * the rules find never takes protection away: an unclassified dataset is protected as important, and the finding is told.
 */
export function datasetController(parts: DatasetParts): ControllerDefinition<Dataset> {
  const { state, groups, placements, legs, sources } = parts;
  const all = (): Iterable<ObjectKey> => [...state.datasets.reader.all()].map(keyOf);
  const others = [state.policies, state.topologies, state.zones, state.stores];
  return {
    name: 'dataset',
    kind: datasetKind,
    summary: 'Protected',
    triggers: [
      ...others.map((documents) => documents.changes(all)),
      trigger(specChanges(placements), (placement) => groups.members(keyOf(placement)).map(keyOf)),
      ...legs.realtime.triggers,
      ...legs.timed.triggers,
      ...sources.triggers,
    ],
    steps: [resolveAndJudge(parts), tellFindings(state)],
  };
}

function resolveAndJudge(parts: DatasetParts): Step<Dataset> {
  const { state, legs, sources } = parts;
  return async (run) => {
    const dataset = understand(datasetKind, run.object);
    if (dataset === undefined) return;
    const placement = await place(run, parts);
    const resolution = resolveDataset(dataset, state.policies.all(), state.standards, placement);
    const { effectiveClass, policy, requirements, verdict } = resolution;
    const protection = judgeProtection(resolution, dataset.spec.suspend, {
      realtime: legs.realtime.judge(run.object, run.now),
      timed: legs.timed.judge(run.object, run.now),
    });
    run.status.set({
      effectiveClass,
      policy: policy?.metadata.name,
      requirements: requirements.length === 0 ? undefined : [...requirements],
      phase: protection.phase,
    });
    const conditions = {
      Resolved: verdict,
      Realtime: protection.realtime,
      Timed: protection.timed,
      Protected: protection.protected,
      SourceReady: sources.judge(run.object, run.now, 'spec' in placement ? placement.spec.home : undefined),
    };
    for (const [type, told] of Object.entries(conditions)) {
      if (told !== undefined) run.status.condition(type, told.status, told.reason, told.message);
    }
  };
}

/** The Placement of the dataset's group, made now where it is due; or why there is none. */
async function place(
  run: Reconciliation<Dataset>,
  { state, placements, epochs, client, identity }: DatasetParts,
): Promise<Live<Placement> | NoRoles> {
  const { namespace = '' } = run.object.metadata;
  const design = designRoles(
    namespace,
    { topology: state.topology, zones: state.zones.all() },
    identity.centre,
  );
  const key = groupOf(run.object);
  const passed = epochs.passed(key);
  const roles = 'roles' in design && passed === undefined ? design.roles : undefined;
  const { placement, created } = await findOrPlace({ client, placements }, key, roles, run.signal);
  if (created)
    run.event('Normal', 'Placed', `The group ${key} is placed as the topology designs it, at epoch 1.`);
  if (placement !== undefined) return placement;
  if ('reason' in design) return design;
  return passed ?? { reason: 'NotPlaced', message: `The Placement ${key} is gone again.` };
}

function tellFindings(state: DesiredState): Step<Dataset> {
  return (run) => {
    const dataset = understand(datasetKind, run.object);
    if (dataset === undefined) return;
    const facts = { ...state.facts(run.now), datasets: [dataset] };
    const incomplete = state.incomplete(['zones', 'policies', 'stores']);
    run.status.set({ findings: listFindings(findingsAbout(dataset, 'datasets', facts, incomplete)) });
  };
}
