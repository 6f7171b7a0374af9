/** A configuration file of a component. */
export interface ConfigFile {
  readonly path: string;
  /** Written as it is when text, as JSON (which every Kubernetes component reads as YAML) otherwise. */
  readonly content: string | object;
}

/** One program of a centre, as the supervisor is to run it. */
export interface Component {
  /** Name in `status` and `logs`, and of its log file. */
  readonly name: string;
  /** Absolute path of the program and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Written before the first start. */
  readonly files: readonly ConfigFile[];
  /**
   * When it may start: with the power, or once the API server answers. Started earlier, the second kind would fail
   * and back off, and come up later than if it had waited.
   */
  readonly startsWith: 'power' | 'api-server';
}

/** `--name=value` for each option, in order: the form in which every Kubernetes program takes its options. */
export function flags(options: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}
