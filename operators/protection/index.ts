/** What other parts of zaibei use of protection: its controllers, and the interface by which legs are told of. */
export { NO_LEGS, type LegEvidence, type Legs } from './dataset/leg-evidence.ts';
export { NO_SOURCES, type SourceEvidence } from './dataset/source-evidence.ts';
export type { Verdict } from './facts/verdict.ts';
export { protection, protectionWith } from './protection-module.ts';
