import { hostname } from 'node:os';
import { z } from 'zod';
import { SYSTEM_NAMESPACE } from '../api/layout/namespaces.ts';
import { JOURNAL_FOLDER } from '../api/layout/operator-program.ts';
import { OPERATOR_PORT } from '../api/layout/ports.ts';
import { nameSchema } from '../api/values/name.ts';
import { LOG_LEVELS, type CredentialSource, type Identity, type LogLevel } from '../runtime/index.ts';
import { EnvironmentError } from './start-error.ts';

/** What the process is told when it starts. */
export interface Configuration {
  readonly identity: Identity;
  readonly credentials: CredentialSource;
  readonly logLevel: LogLevel;
  /** Folder of the journal: a mounted volume. */
  readonly journal: string;
  /** Image of the pods that the operator runs; undefined: it runs none. */
  readonly moverImage?: string | undefined;
  /** Where health and metrics are served. */
  readonly listen: { readonly host: string; readonly port: number };
}

/** Not two of them with a colon between: `KUBECONFIG` of the shell may be a list, of which nobody knows the second. */
const absolutePath = z.string().regex(/^\/[^:]*$/);

/** The variables, each with what it is and what is allowed. */
export const environmentSchema = z.object({
  ZAIBEI_CENTRE: nameSchema(40).meta({
    description: 'name of the centre that this operator runs in, as Topology has it, such as `fuzhou-a`',
  }),
  ZAIBEI_NAMESPACE: nameSchema()
    .default(SYSTEM_NAMESPACE)
    .meta({ description: 'namespace that it runs in: a name of lower-case letters, digits and "-"' }),
  ZAIBEI_POD: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
    .default(() => hostname().toLowerCase())
    .meta({
      description: 'the pod\'s name: lower-case letters, digits, "-" and "."; without it the host\'s',
    }),
  ZAIBEI_LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .meta({ description: `how much is logged: one of ${LOG_LEVELS.join(', ')}` }),
  ZAIBEI_JOURNAL: absolutePath
    .default(JOURNAL_FOLDER)
    .meta({ description: 'folder of the journal: an absolute path to a mounted volume' }),
  ZAIBEI_LISTEN: z
    .string()
    .transform((text, context) => {
      const listen = parseListen(text);
      if (listen !== undefined) return listen;
      context.addIssue('no address and port');
      return z.NEVER;
    })
    .prefault(`0.0.0.0:${OPERATOR_PORT}`)
    .meta({
      description:
        'where health and metrics are served: an address and a port, such as `0.0.0.0:8080` or `[::]:8080`',
    }),
  ZAIBEI_MOVER_IMAGE: z
    .string()
    .regex(/^\S+[:@]\S+$/)
    .optional()
    .meta({ description: 'image of the movers, by tag or digest; without it no exporter is run' }),
  KUBECONFIG: absolutePath.optional().meta({
    description:
      'absolute path of one kubeconfig, outside of a pod; without it the service account of the pod is used',
  }),
  ZAIBEI_CONTEXT: z
    .string()
    .optional()
    .meta({ description: "context of the kubeconfig; without it the file's current one" }),
});

/**
 * Reads the environment.
 * @throws EnvironmentError that names every variable that is wrong, not only the first
 */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  // Deployments write an empty value where they mean none.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path: [variable] }) => String(variable)));
    throw new EnvironmentError([...wrong].map((variable) => problemOf(variable, set[variable])));
  }
  const { data } = parsed;
  return {
    identity: { centre: data.ZAIBEI_CENTRE, namespace: data.ZAIBEI_NAMESPACE, pod: data.ZAIBEI_POD },
    credentials: credentialsOf(data),
    logLevel: data.ZAIBEI_LOG_LEVEL,
    journal: data.ZAIBEI_JOURNAL,
    listen: data.ZAIBEI_LISTEN,
    moverImage: data.ZAIBEI_MOVER_IMAGE,
  };
}

function credentialsOf({ KUBECONFIG, ZAIBEI_CONTEXT }: z.infer<typeof environmentSchema>): CredentialSource {
  return KUBECONFIG === undefined
    ? { kind: 'service-account' }
    : { kind: 'kubeconfig', file: KUBECONFIG, context: ZAIBEI_CONTEXT };
}

function problemOf(variable: string, found: string | undefined): string {
  const field: z.ZodType | undefined = Object.entries(environmentSchema.shape).find(
    ([name]) => name === variable,
  )?.[1];
  const what = found === undefined ? 'is not set' : `is ${JSON.stringify(found)}`;
  return `${variable} ${what}; allowed: ${field?.description ?? 'nothing'}.`;
}

/** Address and port of `0.0.0.0:8080` or `[::]:8080`; undefined for any other text. */
function parseListen(text: string): Configuration['listen'] | undefined {
  const [, v6, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([0-9a-z.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = v6 ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? undefined : { host, port };
}
