import type { Centre, Link, Topology } from '../kinds/topology.ts';
import { Duration } from '../values/duration.ts';
import { greatCircleKilometres } from './great-circle.ts';
import { centresOf, cityOf } from './locality.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Breach, type Rule } from './rule.ts';

/** A link whose two ends exist. */
interface PlacedLink {
  readonly link: Link;
  readonly index: number;
  readonly ends: readonly [Centre, Centre];
}

function placedLinks(topology: Topology): PlacedLink[] {
  return (topology.spec.links ?? []).flatMap((link, index) => {
    const [one, other] = link.between.map((name) =>
      topology.spec.centres.find((centre) => centre.name === name),
    );
    return one === undefined || other === undefined ? [] : [{ link, index, ends: [one, other] as const }];
  });
}

/** What is wrong with a link, and in which of its fields; without one, with the link as a whole. */
interface LinkFault extends Pick<Breach, 'message' | 'remedy'> {
  readonly at?: keyof Link;
}

/** Judges each link whose two ends exist by itself. */
function judgeLinks(topology: Topology, judge: (link: PlacedLink) => LinkFault | undefined): Breach[] {
  return placedLinks(topology).flatMap((placed) => {
    const fault = judge(placed);
    if (fault === undefined) return [];
    const { at, ...told } = fault;
    const field = ['spec', 'links', placed.index, ...(at === undefined ? [] : [at])];
    return [{ document: topology, field, ...told }];
  });
}

const ends = defineRule({
  code: 'ZB-LNK-001',
  title: 'A link joins two centres that exist',
  why: 'Openings and transfer times are worked out from the two ends.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const names = topology.spec.centres.map(({ name }) => name);
    for (const [index, { between }] of (topology.spec.links ?? []).entries()) {
      const field = ['spec', 'links', index, 'between'];
      for (const [end, name] of between.entries()) {
        yield* refuseUnknown(topology, [...field, end], name, { noun: 'centre', names });
      }
    }
  },
});

const required = defineRule({
  code: 'ZB-LNK-002',
  title: 'There is a link wherever a leg of protection runs',
  why: 'Without a line between production and its DR centres neither leg can run.',
  severity: 'error',
  policyLines: ['D-01', 'D-02'],
  judges: ['topology', 'profile'],
  check: function* ({ topology, profile }) {
    const joined = placedLinks(topology).map(({ link }) => [...link.between].sort().join());
    for (const { between, source } of profile.spec.links.required) {
      const [from, to] = between;
      if (from === undefined || to === undefined) continue;
      for (const { centre: one } of centresOf(topology, from)) {
        for (const { centre: other } of centresOf(topology, to)) {
          if (joined.includes([one.name, other.name].sort().join())) continue;
          yield {
            document: topology,
            field: ['spec', 'links'],
            message: `found no link between ${one.name} and ${other.name}: ${source}`,
            remedy: `add a link between [${one.name}, ${other.name}]`,
          };
        }
      }
    }
  },
});

const physics = defineRule({
  code: 'ZB-LNK-003',
  title: 'The round-trip ceiling of a link is one that its length allows',
  why: 'Light in fibre needs its time: a lower ceiling is a wrong figure, and every judgement of lag rests on it.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology', 'profile'],
  check: ({ topology, profile }) => {
    const { fibreRoundTrip, routeFactor } = profile.spec.links;
    return judgeLinks(topology, ({ link, ends: [one, other] }) => {
      const distance = greatCircleKilometres(one.position, other.position);
      const least = distance * fibreRoundTrip.value * routeFactor.value;
      if (Duration.parse(link.rttCeiling).milliseconds >= least) return undefined;
      return {
        at: 'rttCeiling',
        message: `found ${link.rttCeiling}; ${distance.toFixed(0)} km of fibre take ${least.toFixed(1)} ms there and back (${fibreRoundTrip.value} ms a km × ${routeFactor.value})`,
        remedy: 'correct the ceiling or the positions of the two centres',
      };
    });
  },
});

const localRoundTrip = defineRule({
  code: 'ZB-LNK-004',
  title: 'The line between production and local DR is a short one',
  why: 'Every synchronous commit waits for one round trip on it.',
  severity: 'warning',
  policyLines: ['D-01'],
  judges: ['topology', 'profile'],
  check: ({ topology, profile }) => {
    const { value, status } = profile.spec.links.localRoundTrip;
    return judgeLinks(topology, ({ link, ends: both }) => {
      const roles = both.map(({ role }) => role);
      if (!roles.includes('production') || !roles.includes('local-dr')) return undefined;
      if (Duration.parse(link.rttCeiling).milliseconds <= Duration.parse(value).milliseconds)
        return undefined;
      return {
        at: 'rttCeiling',
        message: `found ${link.rttCeiling}; the profile ${profile.metadata.name} (${status}) expects at most ${value} between production and local-dr`,
      };
    });
  },
});

const crossing = defineRule({
  code: 'ZB-LNK-005',
  title: 'A link between the two networks of government has a declared channel',
  why: '政务外网 and 政务内网 are two networks; nothing passes between them but through an approved channel.',
  severity: 'error',
  policyLines: ['T-18'],
  judges: ['topology'],
  check: ({ topology }) =>
    judgeLinks(topology, ({ link, ends: [one, other] }) => {
      if (one.networkDomain === other.networkDomain || link.channel !== undefined) return undefined;
      return {
        message: `joins ${one.name} (${one.networkDomain}) and ${other.name} (${other.networkDomain}) without a channel`,
        remedy: 'name the approved channel and who declassified what passes, or remove the link',
      };
    }),
});

const types = defineRule({
  code: 'ZB-LNK-006',
  title: 'A metro link stays within a city, a long-haul link leaves it',
  why: 'A line of the wrong type hides that two centres do not stand where they should.',
  severity: 'warning',
  policyLines: ['T-01'],
  judges: ['topology'],
  check: ({ topology }) =>
    judgeLinks(topology, ({ link, ends: [one, other] }) => {
      const [city, otherCity] = [cityOf(topology, one.region), cityOf(topology, other.region)];
      if (city === undefined || otherCity === undefined || one === other) return undefined;
      const expected = city === otherCity ? 'metro' : 'long-haul';
      if (link.type === expected || !['metro', 'long-haul'].includes(link.type)) return undefined;
      const where = city === otherCity ? `both in ${city.name}` : `in ${city.name} and in ${otherCity.name}`;
      return { at: 'type', message: `found ${link.type}; the ends stand ${where}, so it is ${expected}` };
    }),
});

/** Rules about the lines between centres. */
export const linkRules: readonly Rule[] = [ends, required, physics, localRoundTrip, crossing, types];
