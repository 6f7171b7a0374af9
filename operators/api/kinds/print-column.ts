/** A column that `kubectl get` prints. */
export interface PrintColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** JSONPath below the object, as CRDs write it: `.spec.owner.organisation`. Of several matches the first is printed. */
  readonly jsonPath: string;
  /** 1 hides it unless `-o wide`. */
  readonly priority?: 1;
  readonly description?: string;
}

/** Whether the object is fine: the status of its condition `Ready`. */
export const READY_COLUMN: PrintColumn = {
  name: 'Ready',
  type: 'string',
  jsonPath: '.status.conditions[?(@.type=="Ready")].status',
};

/** Why it is or is not ready, for people. */
export const MESSAGE_COLUMN: PrintColumn = {
  name: 'Message',
  type: 'string',
  jsonPath: '.status.conditions[?(@.type=="Ready")].message',
  priority: 1,
};

/** Who answers for it. */
export const OWNER_COLUMN: PrintColumn = {
  name: 'Owner',
  type: 'string',
  jsonPath: '.spec.owner.organisation',
  priority: 1,
};

/** Since when the object exists. */
export const AGE_COLUMN: PrintColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};
