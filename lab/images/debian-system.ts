/** A user with a group of the same name. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** A Debian system, as data. */
export interface DebianSystem {
  /** Packages; their dependencies come by themselves. */
  readonly packages: readonly string[];
  /** Files of packages that are left out, as dpkg's `path-exclude` reads them. */
  readonly omitted?: readonly string[];
  /** Made before the packages are installed, which would give them any number that is free. */
  readonly users?: readonly SystemUser[];
  /** Text files by path, there before the packages are installed. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files and folders that are removed at last, with links to them in the same folder: what the packages' programs made, or needed. */
  readonly removed?: readonly string[];
}
