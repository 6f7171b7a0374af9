import { StackError } from '../stack-error.ts';

/**
 * Makes text stand for itself in Terraform's configuration, where `${` and `%{` begin a template. The replacement is
 * a function on purpose: in a replacement string `$$` means one `$`, so `'$${'` would change nothing.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%]\{/g, (sequence) => `${sequence.charAt(0)}${sequence}`);
}

/**
 * Refuses text in which cdktf would look for a value of its own, such as `${TfToken[TOKEN.0]}`: no escape keeps it from
 * resolving the token, and none of that number is known.
 * @param at where the text stands, for the message
 * @throws StackError `ZB-STK-005`
 */
export function refuseToken(text: string, at: string): void {
  if (!text.includes('TfToken[')) return;
  throw new StackError(
    'ZB-STK-005',
    at,
    '"TfToken[" is how cdktf marks values of its own; write it otherwise',
  );
}
