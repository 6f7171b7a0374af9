import { addressRules } from './address-rules.ts';
import { capacityRules } from './capacity-rules.ts';
import { centreRules } from './centre-rules.ts';
import { classifiedProtectionRules } from './classified-protection-rules.ts';
import { datasetRules } from './dataset-rules.ts';
import { dateRules } from './date-rules.ts';
import { exchangeRules } from './exchange-rules.ts';
import { linkRules } from './link-rules.ts';
import { networkRules } from './network-rules.ts';
import { ownerRules } from './owner-rules.ts';
import { partRules } from './part-rules.ts';
import { platformRules } from './platform-rules.ts';
import { policyRules } from './policy-rules.ts';
import { realtimeRules } from './realtime-rules.ts';
import { regionRules } from './region-rules.ts';
import type { Rule } from './rule.ts';
import { siteRules } from './site-rules.ts';
import { storeRules } from './store-rules.ts';
import { timedRules } from './timed-rules.ts';
import { zoneRules } from './zone-rules.ts';

/** Rules that belong together, under a heading of the reference. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** Every rule about the meaning of a site's documents, in the order of the reference. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  { title: 'Site', rules: siteRules },
  { title: 'Regions', rules: regionRules },
  { title: 'Centres', rules: centreRules },
  { title: 'Links', rules: linkRules },
  { title: 'Networks', rules: networkRules },
  { title: 'Data zones', rules: zoneRules },
  { title: 'Platforms', rules: platformRules },
  { title: 'Exchange grants', rules: exchangeRules },
  { title: 'Owners', rules: ownerRules },
  { title: 'Days', rules: dateRules },
  { title: 'Protection policies', rules: policyRules },
  { title: 'The real-time leg', rules: realtimeRules },
  { title: 'The timed leg', rules: timedRules },
  { title: 'Capacity of links', rules: capacityRules },
  { title: 'Backup stores', rules: storeRules },
  { title: 'Datasets', rules: datasetRules },
  { title: 'Parts of centres', rules: partRules },
  { title: 'Addresses of datasets', rules: addressRules },
  { title: 'Classified protection (等保)', rules: classifiedProtectionRules },
];

/** All rules as one list. */
export const RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules);
