import { placementKind } from '../../../operators/api/index.ts';
import { groupOf } from '../../../operators/api/layout/protection-group.ts';
import { resourceTypeOf } from '../../../operators/runtime/index.ts';
import { quorumOf, votingCentres } from '../../../operators/topology/index.ts';
import { problemOf } from '../../centres/read-result.ts';
import { CliError } from '../../cli-error.ts';
import { plainLine, type Frame } from '../../frame/command-frame.ts';
import type { Say } from '../../messages/say.ts';
import type { DescribedDataset, OpenCentre } from '../find-dataset.ts';
import {
  choosePlacement,
  rolesTold,
  type PlacementAnswer,
  type Roles,
  type ToldRoles,
} from './choose-placement.ts';

/** How long a centre may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/** Who plays which part for a dataset now, and how sure that is. */
export interface KnownPlacement {
  readonly placement: Roles;
  /** All roles that any voting centre tells, these among them. */
  readonly told: readonly Roles[];
  /** Whether a majority of the voting centres tells these; else a person answers for them. */
  readonly agreed: boolean;
}

/**
 * The present roles of a dataset's group: those that a majority of the voting centres tells; where there is no majority, those
 * that the centre tells which a person named. Who did not answer or tells otherwise is told.
 * @param asToldBy that centre
 * @throws CliError `ZB-CLI-009` when nobody has placed it, `ZB-CLI-018` where no majority tells the same and nobody answers for
 *   it, or a majority tells otherwise
 */
export async function findPlacement(
  { name: { namespace }, spec, all }: DescribedDataset,
  centres: readonly OpenCentre[],
  asToldBy: string | undefined,
  { say, tell }: Pick<Frame, 'say' | 'tell'>,
): Promise<KnownPlacement> {
  const key = groupOf({ metadata: { namespace }, spec });
  const voters = votingCentres({ centres: [...all] }).map(({ name }) => name);
  const voting = centres.filter(({ access }) => voters.includes(access.name));
  const answers = await Promise.all(voting.map((centre) => askFor(key, centre)));
  const lines = answerLines(answers, say);
  const chosen = choosePlacement(answers, quorumOf(voters.length));
  const named =
    asToldBy === undefined ? undefined : rolesToldBy(asToldBy, { key, answers, chosen, lines }, say);
  const taken = chosen ?? named;
  if (taken === undefined) throw new CliError(...refusal({ key, answers, lines }, say));
  const told = rolesTold(answers).map(({ roles }) => roles);
  if (taken.centres.length < answers.length) {
    const centre = taken.centres.join(', ');
    for (const line of lines) tell(line);
    tell(
      say(chosen === undefined ? 'placementNamed' : 'placementTaken', {
        centre,
        roles: rolesText(taken.roles, say),
      }),
    );
  }
  return { placement: taken.roles, told, agreed: chosen !== undefined };
}

async function askFor(key: string, { access, session }: OpenCentre): Promise<PlacementAnswer> {
  const centre = access.name;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const found = await session.client.find(resourceTypeOf(placementKind), key, { signal });
    return { centre, roles: found?.spec };
  } catch (error) {
    return { centre, problem: plainLine(problemOf(error).message) };
  }
}

/** What was heard of a group. */
interface Heard {
  readonly key: string;
  readonly answers: readonly PlacementAnswer[];
  /** The answers, a line each. */
  readonly lines: readonly string[];
}

/** What a person answers for. @throws CliError where that centre tells nothing, or a majority tells otherwise */
function rolesToldBy(
  centre: string,
  { key, answers, chosen, lines }: Heard & { readonly chosen: ToldRoles | undefined },
  say: Say,
): ToldRoles {
  const roles = answers.find((answer) => answer.centre === centre)?.roles;
  if (roles === undefined || (chosen !== undefined && !chosen.centres.includes(centre))) {
    const why = roles === undefined ? 'tellsNoRoles' : 'isOutvoted';
    throw new CliError('ZB-CLI-018', say(why, { centre, key, answers: lines.join('\n') }));
  }
  return { roles, centres: [centre] };
}

function refusal(
  { key, answers, lines }: Heard,
  say: Say,
): [ConstructorParameters<typeof CliError>[0], string] {
  const text = lines.join('\n');
  if (answers.every(({ roles, problem }) => roles === undefined && problem === undefined))
    return ['ZB-CLI-009', say('notPlaced', { key })];
  return ['ZB-CLI-018', say('noMajority', { key, count: answers.length, answers: text })];
}

function answerLines(answers: readonly PlacementAnswer[], say: Say): string[] {
  return answers.map(({ centre, roles, problem }) => {
    if (problem !== undefined) return say('rolesUnheard', { centre, problem });
    return roles === undefined
      ? say('rolesNone', { centre })
      : say('rolesTold', { centre, roles: rolesText(roles, say) });
  });
}

function rolesText({ epoch, home, replica, backup }: Roles, say: Say): string {
  return say('rolesText', { epoch, home, replica: replica ?? '–', backup });
}
