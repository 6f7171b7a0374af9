import type { Whereabouts } from '../centres/find-centres.ts';
import type { OutputFormat } from '../frame/output-format.ts';

/** What `zaibei dataset prepare` is told. */
export interface PrepareOptions extends Whereabouts {
  readonly check?: boolean;
  readonly revoke?: boolean;
  readonly rotate?: boolean;
  readonly yes?: boolean;
  readonly asToldBy?: string;
  readonly adminUri?: string;
  readonly adminSecret?: string;
  readonly portForward?: boolean;
  readonly serverCa?: string;
  readonly caCertificate?: string;
  readonly caKey?: string;
  readonly output: OutputFormat;
}
