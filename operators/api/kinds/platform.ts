import { z } from 'zod';
import { lineSchema, nameSchema } from '../values/name.ts';
import { ownerSchema } from './kind.ts';
import { LEVELS } from './topology.ts';

/** Platform kinds of the architecture 1+1+10+N: provincial, trading, municipal, departmental. */
export const PLATFORM_KINDS = ['provincial', 'trading', 'municipal', 'departmental'] as const;

const upstream = z.strictObject({
  platform: nameSchema().meta({ description: 'Platform above; it may stand in another zone.' }),
  link: z
    .enum(['cascade', 'interconnect'])
    .meta({ description: '`cascade` 级联 from city to province, `interconnect` 对接 otherwise.' }),
});

/** Schema of a platform. */
export const platformSchema = z.strictObject({
  name: nameSchema().meta({ description: 'Name of the platform.' }),
  displayName: lineSchema().meta({ description: 'Name for people.' }),
  kind: z.enum(PLATFORM_KINDS).meta({ description: 'Which of 1+1+10+N it is.' }),
  level: z
    .enum(LEVELS)
    .meta({ description: 'Level of government that runs it. Counties do not build their own in principle.' }),
  upstream: upstream
    .optional()
    .meta({ description: 'Where it connects upward. Every platform but the provincial one has it.' }),
  owner: ownerSchema.optional(),
  justification: lineSchema(500).optional().meta({
    description:
      'Why a county runs its own platform. Required for that level where the profile allows it with a reason.',
  }),
});

/** One platform of the architecture 1+1+10+N, and where it connects upward. */
export type Platform = z.infer<typeof platformSchema>;
