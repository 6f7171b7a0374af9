/** Service account of the operator, in the system namespace; also the label `app.kubernetes.io/name` of its pods. */
export const OPERATOR = 'zaibei-operator';

/** Service account in the system namespace as which the operators of other centres read this one, and write nothing. */
export const PEER = 'zaibei-peer';

/** Service account of the keeper, in the store namespace: prunes there, above its own floor. */
export const KEEPER = 'zaibei-keeper';

/** Field manager under which deployments write. Operators write under names of their own. */
export const STACKS_FIELD_MANAGER = 'zaibei-stacks';
