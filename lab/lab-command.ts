/** The instance that commands are about when they name none. */
export const USUAL_INSTANCE = 'lab';

/**
 * The command line that does something to an instance, for messages: whoever copies it must not meet another instance.
 * @param words as after `npm run lab --`; none for a start
 */
export function labCommand(instance: string, words = ''): string {
  const which = instance === USUAL_INSTANCE ? '' : ` --instance ${instance}`;
  const rest = `${which}${words === '' ? '' : ` ${words}`}`;
  return rest === '' ? 'npm run lab' : `npm run lab --${rest}`;
}
