/** A body as JSON, or the text itself where it is none: what stands between here and an API server answers in its own way. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
