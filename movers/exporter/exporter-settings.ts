import { z } from 'zod';
import { EXPORTER_FOLDERS } from '../../operators/api/layout/exporter.ts';
import { EXPORTER_PORT, EXPORTER_REPORT_PORT } from '../../operators/api/layout/ports.ts';
import { MoverSettingsError } from '../settings-error.ts';

const seconds = z.coerce
  .number()
  .positive()
  .transform((value) => value * 1000);

const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);

/** The variables of the exporter. The operator sets the first four. */
const environmentSchema = z.object({
  /** `namespace/name` of the dataset. */
  ZAIBEI_DATASET: z.string().regex(/^[^/]+\/[^/]+$/),
  /** Folder within the volume. */
  ZAIBEI_PATH: z.string().startsWith('/').default('/'),
  /** Patterns that are left out: a list of texts as JSON. */
  ZAIBEI_EXCLUDE: z
    .string()
    .transform((text, context) => {
      try {
        return z.array(z.string()).parse(JSON.parse(text));
      } catch {
        context.addIssue('no list of texts');
        return z.NEVER;
      }
    })
    .prefault('[]'),
  /** Digest of all that it is started with, by which whoever started it knows it from one that was started otherwise. */
  ZAIBEI_STARTED_WITH: z.string().optional(),
  ZAIBEI_VOLUME: z.string().startsWith('/').default(EXPORTER_FOLDERS.volume),
  ZAIBEI_CERTIFICATES: z.string().startsWith('/').default(EXPORTER_FOLDERS.certificates),
  ZAIBEI_SCRATCH: z.string().startsWith('/').default(EXPORTER_FOLDERS.scratch),
  ZAIBEI_ADDRESS: z.string().default('0.0.0.0'),
  ZAIBEI_PORT: port(EXPORTER_PORT),
  ZAIBEI_REPORT_PORT: port(EXPORTER_REPORT_PORT),
  /** Seconds between the looks at certificate and path. */
  ZAIBEI_LOOK: seconds.prefault(5),
  /** Seconds from the end of a survey to the next. */
  ZAIBEI_SURVEY: seconds.prefault(900),
  /** Seconds that transfers are waited for at the end. */
  ZAIBEI_GRACE: seconds.prefault(25),
});

/** What an exporter is told when it starts. Times are in milliseconds. */
export type ExporterSettings = Readonly<ReturnType<typeof readExporterSettings>>;

/** Reads the environment. @throws MoverSettingsError that names every variable that is wrong */
export function readExporterSettings(environment: Readonly<Record<string, string | undefined>>) {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path: [variable] }) => String(variable)));
    throw new MoverSettingsError([...wrong]);
  }
  const { data } = parsed;
  const [namespace = '', name = ''] = data.ZAIBEI_DATASET.split('/');
  return {
    dataset: { namespace, name },
    folder: data.ZAIBEI_PATH,
    excluded: data.ZAIBEI_EXCLUDE,
    startedWith: data.ZAIBEI_STARTED_WITH,
    volume: data.ZAIBEI_VOLUME,
    certificates: data.ZAIBEI_CERTIFICATES,
    scratch: data.ZAIBEI_SCRATCH,
    address: data.ZAIBEI_ADDRESS,
    port: data.ZAIBEI_PORT,
    reportPort: data.ZAIBEI_REPORT_PORT,
    lookInterval: data.ZAIBEI_LOOK,
    surveyInterval: data.ZAIBEI_SURVEY,
    grace: data.ZAIBEI_GRACE,
  };
}
