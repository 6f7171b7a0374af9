import type { FieldPath } from '../site/field-path.ts';
import type { BackupStore } from '../kinds/backup-store.ts';
import type { DataZone } from '../kinds/data-zone.ts';
import type { Dataset } from '../kinds/dataset.ts';
import type { Resource } from '../kinds/kind.ts';
import type { ProtectionPolicy } from '../kinds/protection-policy.ts';
import type { Site } from '../kinds/site.ts';
import type { Topology } from '../kinds/topology.ts';
import type { ClassifiedProtection } from '../profiles/classified-protection.ts';
import type { PolicyProfile } from '../profiles/policy-profile.ts';

/** Everything that rules judge and judge by. A rule sees only the facts that it names. */
export interface SiteFacts {
  readonly site: Site;
  readonly topology: Topology;
  readonly zones: readonly DataZone[];
  readonly policies: readonly ProtectionPolicy[];
  readonly datasets: readonly Dataset[];
  readonly stores: readonly BackupStore[];
  /** Profile that the topology names. */
  readonly profile: PolicyProfile;
  /** Names of all profiles that there are. */
  readonly profileNames: readonly string[];
  readonly classifiedProtection: ClassifiedProtection;
  /** The present, for what expires. */
  readonly now: Date;
}

/** Name of a fact: what a rule says that it reads. */
export type FactName = keyof SiteFacts;

/** A breach of a rule: which document, where in it, what was found and what is allowed. */
export interface Breach {
  readonly document: Resource;
  readonly field: FieldPath;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** For rules of the severity `profile`. */
  readonly severity?: 'error' | 'warning';
}

/**
 * `strict`: a warning, and an error where the site says `strict: true`. `profile`: the profile decides, and the rule says
 * with each breach what it is.
 */
export type Severity = 'error' | 'warning' | 'strict' | 'profile';

/** What is told about a rule, in the reference and to whoever breaks it. */
export interface RuleText {
  /** Stable: `ZB-TOP-001`. A code is never used again for something else. */
  readonly code: `ZB-${string}-${string}`;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** Why: the accident that it prevents, or the line that asks for it. */
  readonly why: string;
  readonly severity: Severity;
  /** Policy lines that it answers: `T-01`. */
  readonly policyLines: readonly string[];
}

/** A rule about the meaning of a site's documents, as an entry of data. */
export interface Rule extends RuleText {
  /** Facts without which it says nothing. */
  readonly reads: readonly FactName[];
  /** Facts of which every document must be understood, or the rule would call missing what is only misspelt. */
  readonly consults: readonly FactName[];
  readonly check: (facts: Partial<SiteFacts>) => Breach[];
}

/** A rule as its author writes it: `check` is given exactly the facts that it names. */
export interface RuleDefinition<Judged extends FactName, Consulted extends FactName> extends RuleText {
  /** Facts whose documents it judges one by one; those that are not understood are left out. */
  readonly judges?: readonly Judged[];
  /** Facts that it looks things up in, and of which all must be understood. */
  readonly consults?: readonly Consulted[];
  readonly check: (facts: Pick<SiteFacts, Judged | Consulted>) => Iterable<Breach>;
}

/** Makes a rule of its definition. */
export function defineRule<const Judged extends FactName = never, const Consulted extends FactName = never>(
  definition: RuleDefinition<Judged, Consulted>,
): Rule {
  const { judges = [], consults = [], check, ...text } = definition;
  const reads: readonly FactName[] = [...judges, ...consults];
  return {
    ...text,
    reads,
    consults,
    check: (facts) => {
      if (!hasFacts<Judged | Consulted>(facts, reads)) return [];
      return [...check(facts)];
    },
  };
}

function hasFacts<Name extends FactName>(
  facts: Partial<SiteFacts>,
  names: readonly FactName[],
): facts is Pick<SiteFacts, Name> & Partial<SiteFacts> {
  return names.every((name) => facts[name] !== undefined);
}
