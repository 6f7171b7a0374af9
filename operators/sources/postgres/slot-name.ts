/** How the names of all slots begin that zaibei makes; its roles can make and drop no others. */
export const SLOT_PREFIX = 'zb_';

/** Whether a slot is one that zaibei made. */
export function isSlotOfOurs(name: string): boolean {
  return name.startsWith(SLOT_PREFIX);
}
