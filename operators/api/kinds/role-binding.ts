import { z } from 'zod';
import { setList, withRules } from '../crd/rule.ts';
import { lineSchema, nameSchema } from '../values/name.ts';

/** Tiers of operation (统一管理和分级运维): who may act where. */
export const TIERS = ['province', 'city', 'department'] as const;

/** What a tiered role allows. */
export const ACCESS = ['view', 'operate', 'administer'] as const;

const GROUP_OF_SYSTEM =
  'groups that begin with "system:" are those of Kubernetes; name one of the identity provider';

const group = withRules(
  lineSchema(200).refine((name) => !name.startsWith('system:'), { message: GROUP_OF_SYSTEM }),
  { rule: "!self.startsWith('system:')", message: GROUP_OF_SYSTEM },
);

const DEPARTMENT_NEEDS_TENANTS = 'the tier department names its tenants';

/** Schema of what a group may do. */
export const roleBindingSchema = withRules(
  z
    .strictObject({
      tier: z
        .enum(TIERS)
        .meta({ description: 'Tier of the group: whole province, one city, one department.' }),
      access: z.enum(ACCESS).meta({ description: 'What the group may do.' }),
      group: group.meta({
        description:
          'Group as the identity provider names it; never one of Kubernetes, such as `system:masters`.',
      }),
      tenants: setList(nameSchema(40), 200).optional().meta({
        description:
          'Tenants it is limited to. Required for the tier `department`; absent: all tenants of the zone.',
      }),
    })
    .refine((binding) => binding.tier !== 'department' || binding.tenants !== undefined, {
      message: DEPARTMENT_NEEDS_TENANTS,
    }),
  { rule: "self.tier != 'department' || has(self.tenants)", message: DEPARTMENT_NEEDS_TENANTS },
);

/** What a group of the identity provider may do, and in which tenants. */
export type RoleBinding = z.infer<typeof roleBindingSchema>;
