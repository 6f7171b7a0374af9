/** Something that was written somewhere: what, and its text. */
export type Outputs = ReadonlyMap<string, string>;

/** Longest edge of a base64 text that depends on what stands beside the secret, in characters. */
const EDGE = 4;

/** The forms in which a secret may stand in a text: as it is, in base64 wherever it begins, in hexadecimal. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(EDGE, -EDGE),
  );
  return [secret, ...shifted, bytes.toString('hex')];
}

/**
 * In which outputs a secret stands, in whatever form.
 * @param secrets each of at least 16 characters: shorter ones are found by chance
 * @throws RangeError for a shorter one
 */
export function findSecrets(outputs: Outputs, secrets: readonly string[]): readonly string[] {
  const short = secrets.find((secret) => secret.length < 16);
  if (short !== undefined) throw new RangeError(`a secret of ${short.length} characters is found anywhere`);
  const forms = secrets.flatMap(formsOf);
  return [...outputs].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name);
}
