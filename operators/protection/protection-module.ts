import { shippedProfiles } from '../api/profiles/shipped-profiles.ts';
import type { ControllerModule, Dependencies, MakeControllers } from '../runtime/index.ts';
import { voteType } from '../topology/index.ts';
import { datasetController } from './dataset/dataset-controller.ts';
import { NO_LEGS, type Legs } from './dataset/leg-evidence.ts';
import { NO_SOURCES, type SourceEvidence } from './dataset/source-evidence.ts';
import { DesiredState } from './facts/desired-state.ts';
import { recordRemovals } from './facts/record-change.ts';
import { registerDatasetMetrics } from './metrics/dataset-metrics.ts';
import { registerPlacementMetrics, registerPolicyMetrics } from './metrics/policy-metrics.ts';
import { registerZoneMetrics } from './metrics/zone-metrics.ts';
import { PassedEpochs } from './placement/passed-epochs.ts';
import { PLACEMENTS } from './placement/place-group.ts';
import { placementController } from './placement/placement-controller.ts';
import { ProtectionGroups } from './placement/protection-groups.ts';
import { policyController } from './policy/policy-controller.ts';
import { zoneController } from './zone/zone-controller.ts';
import { ZoneObservation } from './zone/zone-observation.ts';

/** The controllers of ProtectionPolicy, Dataset, Placement and DataZone, with what is known of legs and sources. */
export function protectionWith(legs: Legs, sources: SourceEvidence = NO_SOURCES): MakeControllers {
  return ({ client, readers, identity, metrics, journal, log }: Dependencies): ControllerModule => {
    const state = new DesiredState(readers, shippedProfiles());
    const placements = readers.of(PLACEMENTS);
    const groups = new ProtectionGroups(state.datasets.reader);
    const epochs = new PassedEpochs(readers.of(voteType));
    const observation = new ZoneObservation(readers, state);
    const recording = { journal, identity };
    registerDatasetMetrics(metrics, state.datasets.reader);
    registerPolicyMetrics(metrics, state.policies.reader);
    registerPlacementMetrics(metrics, placements);
    registerZoneMetrics(metrics, state.zones.reader, observation.facts, identity.centre);
    return {
      name: 'protection',
      controllers: [
        policyController(state, recording),
        datasetController({ state, groups, placements, epochs, client, identity, legs, sources }),
        placementController(state, groups, placements, identity),
        zoneController(state, observation, recording),
      ],
      whileLeading: [
        recordRemovals(state.policies.reader, { ...recording, log }),
        recordRemovals(state.zones.reader, { ...recording, log }),
      ],
    };
  };
}

/** The controllers of protection in a program that runs no leg yet. */
export const protection: MakeControllers = protectionWith(NO_LEGS);
