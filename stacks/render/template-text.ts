/**
 * Makes text stand for itself in Terraform's configuration, where `${` and `%{` begin a template. The replacement is
 * a function on purpose: in a replacement string `$$` means one `$`, so `'$${'` would change nothing.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%]\{/g, (sequence) => `${sequence.charAt(0)}${sequence}`);
}
