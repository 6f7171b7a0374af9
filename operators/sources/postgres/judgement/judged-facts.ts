import type { Fact } from '../facts/fact.ts';
import { SETTINGS, type PostgresFacts, type SettingName } from '../facts/postgres-facts.ts';

/** Facts without which nothing good can be said of an instance. `freeWalBytes` is not among them: nobody can read it. */
const JUDGED = [
  'server',
  'control',
  'slots',
  'walSenders',
  'databases',
  'libraries',
  'commitOverrides',
  'walBytes',
  'certificateExpires',
] as const satisfies readonly (keyof PostgresFacts)[];

/** Name of a fact that is judged. */
export type JudgedFact = (typeof JUDGED)[number] | SettingName;

/** Every fact that is judged, by name. */
export function judgedFacts(facts: PostgresFacts): [JudgedFact, Fact<unknown>][] {
  return [
    ...JUDGED.map((name): [JudgedFact, Fact<unknown>] => [name, facts[name]]),
    ...SETTINGS.map((name): [JudgedFact, Fact<unknown>] => [name, facts.settings[name]]),
  ];
}
