import { z } from 'zod';
import { classifiedProtectionSchema, type ClassifiedProtection } from './classified-protection.ts';
import { policyProfileSchema, type PolicyProfile } from './policy-profile.ts';
import documents from './shipped-profiles.json' with { type: 'json' };

/** What a centre is judged by where there is no config folder. */
export interface ShippedProfiles {
  readonly profiles: readonly PolicyProfile[];
  readonly classifiedProtection: ClassifiedProtection;
}

/**
 * The profiles of config/profiles as they were when this program was made, generated into a file that a bundler takes in.
 * A pod has no config folder; and whoever rolls the program back rolls back what it judges by.
 */
export function shippedProfiles(): ShippedProfiles {
  const ofKind = (kind: string): unknown[] => documents.filter((document) => document.kind === kind);
  return {
    profiles: z.array(policyProfileSchema).parse(ofKind('PolicyProfile')),
    classifiedProtection: classifiedProtectionSchema.parse(ofKind('ClassifiedProtection')[0]),
  };
}
