import { protection } from '../protection/index.ts';
import type { MakeControllers } from '../runtime/index.ts';
import { topology } from '../topology/index.ts';

/** What the operator does: each domain folder is one line here, and needs nothing else to be part of it. */
export const MODULES: readonly MakeControllers[] = [topology, protection];
