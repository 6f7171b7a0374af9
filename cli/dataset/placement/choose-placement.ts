import type { Placement } from '../../../operators/api/index.ts';

/** Who plays which part for a group, and since which epoch. */
export type Roles = Placement['spec'];

/** What a voting centre answered when it was asked for the Placement of a group. */
export interface PlacementAnswer {
  readonly centre: string;
  /** Absent: it has none, or did not answer. */
  readonly roles?: Roles | undefined;
  /** Why it could not be asked; absent: it answered. */
  readonly problem?: string | undefined;
}

/** Roles that several centres tell alike. */
export interface ToldRoles {
  readonly roles: Roles;
  readonly centres: readonly string[];
}

/** The different roles that are told, the highest epoch first. */
export function rolesTold(answers: readonly PlacementAnswer[]): ToldRoles[] {
  const told = answers.flatMap(({ centre, roles }) => (roles === undefined ? [] : [{ centre, roles }]));
  return [...Map.groupBy(told, ({ roles }) => identityOf(roles)).values()]
    .flatMap(([first, ...others]): ToldRoles[] => {
      if (first === undefined) return [];
      return [{ roles: first.roles, centres: [first, ...others].map(({ centre }) => centre) }];
    })
    .sort((one, other) => other.roles.epoch - one.roles.epoch);
}

/**
 * The roles that a majority of the voting centres tells: whatever the others say, or would, is older, or not agreed. Undefined
 * where there is none. One centre alone, be its epoch ever so high, may have been cut off, or not be itself any more.
 * @param answers one for each voting centre @param quorum how many are a majority of them
 */
export function choosePlacement(answers: readonly PlacementAnswer[], quorum: number): ToldRoles | undefined {
  return rolesTold(answers).find(({ centres }) => centres.length >= quorum);
}

function identityOf({ home, replica, backup, backupSource, epoch }: Roles): string {
  return JSON.stringify([epoch, home, replica, backup, backupSource]);
}
