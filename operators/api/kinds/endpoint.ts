import { z } from 'zod';
import { exactlyOneOf, mapList } from '../crd/rule.ts';
import { nameSchema } from '../values/name.ts';
import { hostSchema, portSchema } from '../values/network.ts';

const address = z.strictObject({
  host: hostSchema().meta({ description: 'DNS name or address.' }),
  port: portSchema().meta({ description: 'Port, such as a NodePort with `externalTrafficPolicy: Local`.' }),
});

const centreAddress = address.extend({
  centre: nameSchema(40).meta({
    description: 'Centre in which this address serves the data while the centre is home.',
  }),
});

/** Schema of where a thing is reached from other centres: by one name, or by one per centre. */
export const endpointSchema = exactlyOneOf(
  z.strictObject({
    everywhere: address.optional().meta({ description: 'One name that is valid in every centre.' }),
    perCentre: mapList(centreAddress, ['centre'], 64)
      .min(1)
      .optional()
      .meta({ description: 'An address per centre.' }),
  }),
  'everywhere',
  'perCentre',
);

/** Where a thing is reached from other centres. */
export type Endpoint = z.infer<typeof endpointSchema>;
