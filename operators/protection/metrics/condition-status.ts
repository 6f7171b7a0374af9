import { findCondition, type Condition } from '../../api/index.ts';
import type { ApiObject } from '../../runtime/index.ts';

/** An object whose status may have conditions. */
export interface Conditioned extends Pick<ApiObject, 'metadata'> {
  readonly status?: { readonly conditions?: Condition[] | undefined } | undefined;
}

/** What a condition says of an object now. One that is not there, or that judged an older generation, says Unknown. */
export function conditionStatus({ metadata, status }: Conditioned, type: string): Condition['status'] {
  return findCondition(status?.conditions, type, metadata.generation ?? 0)?.status ?? 'Unknown';
}
