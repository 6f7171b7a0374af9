import { z } from 'zod';
import { mapList } from '../crd/rule.ts';
import { podLabelsSchema } from '../values/label.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { portSchema } from '../values/network.ts';
import { daySchema } from '../values/time.ts';

const grantPort = z.strictObject({
  port: portSchema().meta({ description: 'Port of the serving pod.' }),
  protocol: z.enum(['TCP', 'UDP']).default('TCP').meta({ description: 'Transport protocol.' }),
});

const podLabels = podLabelsSchema().meta({
  description: 'Labels of the pods it is narrowed to. Absent: all pods of the tenant.',
});

/** Schema of a grant. */
export const exchangeGrantSchema = z.strictObject({
  name: nameSchema().meta({ description: 'Name of the grant.' }),
  from: z
    .strictObject({
      tenant: nameSchema(40).meta({ description: 'Tenant whose pods open the connection.' }),
      podLabels: podLabels.optional(),
    })
    .meta({ description: 'Who asks.' }),
  to: z
    .strictObject({
      tenant: nameSchema(40).meta({ description: 'Tenant whose pods serve.' }),
      podLabels: podLabels.optional(),
      ports: mapList(grantPort, ['port', 'protocol'], 16)
        .min(1)
        .meta({ description: 'Ports that are opened, and no other.' }),
    })
    .meta({ description: 'Who serves, on which ports.' }),
  purpose: lineSchema(500).meta({ description: 'What the exchange is for.' }),
  approvedBy: lineSchema().meta({ description: 'Body that approved it.' }),
  until: daySchema()
    .optional()
    .meta({ description: 'Last day on which it is open. Absent: until it is withdrawn.' }),
});

/** One approved path between two tenants: who asks, who serves, on which ports, until when. */
export type ExchangeGrant = z.infer<typeof exchangeGrantSchema>;
