import type { DataZone } from '../kinds/data-zone.ts';
import type { Platform } from '../kinds/platform.ts';
import type { FieldPath } from '../site/field-path.ts';
import { tellAllowed, tellCount } from './tell-count.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

interface PlacedPlatform {
  readonly zone: DataZone;
  readonly field: FieldPath;
  readonly platform: Platform;
}

function platformsOf(zones: readonly DataZone[]): PlacedPlatform[] {
  return zones.flatMap((zone) =>
    zone.spec.platforms.map((platform, index) => ({ zone, platform, field: ['spec', 'platforms', index] })),
  );
}

const counts = defineRule({
  code: 'ZB-PLT-001',
  title: 'The platforms of the province are 1+1+10+N, as the profile counts them',
  why: 'A platform that is missing from the documents is missing from every plan. A site that is a part of a province (`extent: part`) may have fewer.',
  severity: 'error',
  policyLines: ['T-11'],
  judges: ['site', 'profile'],
  consults: ['zones', 'topology'],
  check: function* ({ site, profile, zones, topology }) {
    for (const { kind, atLeast, atMost } of profile.spec.platforms ?? []) {
      const found = platformsOf(zones).filter(({ platform }) => platform.kind === kind);
      const least = site.spec.extent === 'part' ? 0 : atLeast;
      const surplus = found.at(atMost ?? Infinity);
      const counted = `found ${tellCount(found.length, 'platform')} of the kind ${kind}; the profile ${profile.metadata.name} has ${tellAllowed(least, atMost)}`;
      if (surplus !== undefined) {
        yield { document: surplus.zone, field: [...surplus.field, 'kind'], message: counted };
      } else if (found.length < least) {
        const remedy =
          'add the platforms, or say extent: part in the Site when it describes a part of the province';
        yield { document: topology, field: ['spec', 'profile'], message: counted, remedy };
      }
    }
  },
});

const names = defineRule({
  code: 'ZB-PLT-002',
  title: 'The name of a platform is its own in all zones',
  why: 'Upstreams name platforms across zones.',
  severity: 'error',
  policyLines: ['T-11'],
  judges: ['zones'],
  check: function* ({ zones }) {
    const firsts = new Map<string, DataZone>();
    for (const { zone, field, platform } of platformsOf(zones)) {
      const first = firsts.get(platform.name);
      firsts.set(platform.name, first ?? zone);
      if (first === undefined) continue;
      const message = `${platform.name} is a platform of the zone ${first.metadata.name} already`;
      yield { document: zone, field: [...field, 'name'], message };
    }
  },
});

const upstreams = defineRule({
  code: 'ZB-PLT-003',
  title: 'Every platform but the provincial one connects upward, to a platform that exists',
  why: '省市联动、上下一体: what has no way up reports nothing and receives no policy.',
  severity: 'error',
  policyLines: ['T-10', 'T-11'],
  consults: ['zones'],
  check: function* ({ zones }) {
    const platforms = platformsOf(zones);
    const known = { noun: 'platform', names: platforms.map(({ platform }) => platform.name) };
    for (const { zone, field, platform } of platforms) {
      const at = [...field, 'upstream'];
      if (platform.upstream === undefined) {
        if (platform.kind === 'provincial') continue;
        const message = `${platform.name} is a ${platform.kind} platform and names no upstream`;
        yield { document: zone, field: at, message, remedy: 'add upstream: { platform: …, link: … }' };
      } else if (platform.kind === 'provincial') {
        const message = `${platform.name} is the provincial platform; there is none above it`;
        yield { document: zone, field: at, message, remedy: 'remove upstream' };
      } else {
        yield* refuseUnknown(zone, [...at, 'platform'], platform.upstream.platform, known);
      }
    }
  },
});

const cascades = defineRule({
  code: 'ZB-PLT-004',
  title: 'A municipal platform is cascaded to the provincial one; the others are interconnected',
  why: '级联 carries reports up and policy down; 对接 carries an exchange between equals.',
  severity: 'error',
  policyLines: ['T-10', 'T-11'],
  consults: ['zones'],
  check: function* ({ zones }) {
    const platforms = platformsOf(zones);
    for (const { zone, field, platform } of platforms) {
      const { upstream } = platform;
      if (upstream === undefined || platform.kind === 'provincial') continue;
      const expected = platform.kind === 'municipal' ? 'cascade' : 'interconnect';
      if (upstream.link !== expected) {
        const message = `found ${upstream.link}; a ${platform.kind} platform uses ${expected}`;
        yield { document: zone, field: [...field, 'upstream', 'link'], message };
      }
      const above = platforms.find((candidate) => candidate.platform.name === upstream.platform)?.platform;
      const allowed = platform.kind === 'departmental' ? ['provincial', 'municipal'] : ['provincial'];
      if (above === undefined || allowed.includes(above.kind)) continue;
      const message = `${above.name} is a ${above.kind} platform; a ${platform.kind} one is under a ${allowed.join(' or ')} one`;
      yield { document: zone, field: [...field, 'upstream', 'platform'], message };
    }
  },
});

const counties = defineRule({
  code: 'ZB-PLT-005',
  title: 'A county runs no platform of its own, or says why, as the profile has it',
  why: 'Fujian: 各县(市、区)原则上不独立建设, in principle; Hebei: 县级及以下不另行建设, flatly.',
  severity: 'profile',
  policyLines: ['T-15'],
  judges: ['zones', 'profile'],
  check: function* ({ zones, profile }) {
    const { value, source } = profile.spec.countyPlatforms;
    for (const { zone, field, platform } of platformsOf(zones)) {
      if (platform.level !== 'county') continue;
      const base = { document: zone, field: [...field, 'level'] };
      const found = `${platform.name} is run by a county; ${source}`;
      if (value === 'forbidden') {
        yield { ...base, message: found, remedy: 'use the platform of the city' };
      } else if (platform.justification === undefined) {
        const remedy = 'use the platform of the city, or state the reason in justification';
        yield { ...base, message: `${found}; no reason is stated`, remedy };
      } else {
        yield {
          ...base,
          message: `${found}; stated reason: ${platform.justification}`,
          severity: 'warning' as const,
        };
      }
    }
  },
});

const cascadeLinks = defineRule({
  code: 'ZB-PLT-006',
  title: 'A municipal centre has a cascade link to a centre of the province',
  why: 'Reports go up and policy comes down over it.',
  severity: 'error',
  policyLines: ['T-10'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const { centres, links = [] } = topology.spec;
    const provincial = centres.filter(({ role }) => role !== 'municipal').map(({ name }) => name);
    for (const [index, { name, role }] of centres.entries()) {
      if (role !== 'municipal') continue;
      const cascaded = links.some(
        ({ type, between }) =>
          type === 'cascade' && between.includes(name) && between.some((end) => provincial.includes(end)),
      );
      if (cascaded) continue;
      const message = `${name} has no cascade link to a centre of the province`;
      const remedy = `add a link of the type cascade between [${name}, ${provincial[0] ?? '…'}]`;
      yield { document: topology, field: ['spec', 'centres', index, 'name'], message, remedy };
    }
  },
});

/** Rules about the platforms of 1+1+10+N. */
export const platformRules: readonly Rule[] = [counts, names, upstreams, cascades, counties, cascadeLinks];
