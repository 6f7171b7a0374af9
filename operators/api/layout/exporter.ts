import { z } from 'zod';

/** Name of the one rsync module of an exporter: its content is the dataset's path and nothing else. */
export const EXPORTER_MODULE = 'files';

/** Page on which an exporter tells how it is, in the form of {@link exporterReportSchema}. */
export const EXPORTER_REPORT_PATH = '/report';

/** Folders in the pod of an exporter. */
export const EXPORTER_FOLDERS = {
  /** The tenant's volume, read-only. */
  volume: '/volume',
  /** The Secret with certificate and key. */
  certificates: '/certificates',
  /** Scratch, in memory: configuration and log of the programs that it runs. */
  scratch: '/scratch',
} as const;

/** Names that are quoted of each kind of trouble: enough to find it, and never a list of the department's files. */
export const SURVEY_EXAMPLES = 20;

/** Why an exporter does not serve. */
export const EXPORTER_TROUBLES = [
  'CertificateMissing',
  'CertificateUnfit',
  'CertificateExpired',
  'PathMissing',
  'PathNotFolder',
  'PathOutsideVolume',
  'PathUnreadable',
  'ServerFailed',
] as const;

/** Why an exporter does not serve, one of {@link EXPORTER_TROUBLES}. */
export type ExporterTrouble = (typeof EXPORTER_TROUBLES)[number];

const count = z.int().min(0);

/** Entries of one kind, with the names of some: printable, whatever bytes the names are made of. */
const noted = z.object({ count, examples: z.array(z.string()).max(SURVEY_EXAMPLES) });

/** What an exporter found when it looked through its folder. */
export const exporterSurveySchema = z.object({
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  files: count,
  folders: count,
  links: count,
  /** Sum of the sizes of files, holes included. */
  bytes: count,
  /** Files and folders that it may not read: no copy will have them. */
  unreadable: noted,
  /** Sockets, pipes and devices: a copy has their names, and nothing that was in them. */
  special: noted,
  /** Symbolic links that lead out of the folder: a copy has the link, and not what it leads to. */
  leavingLinks: noted,
});

/** What an exporter found when it looked through its folder. */
export type ExporterSurvey = z.output<typeof exporterSurveySchema>;

/** What an exporter tells of itself. */
export const exporterReportSchema = z.object({
  /** `namespace/name` of the dataset. */
  dataset: z.string(),
  /** Digest that it was started with, of path, patterns and all else that it takes up at its start; absent: with none. */
  startedWith: z.string().optional(),
  /** Why it does not serve; absent while it does. */
  trouble: z.object({ reason: z.enum(EXPORTER_TROUBLES), message: z.string() }).optional(),
  /** Until when its certificate is valid. */
  certificateUntil: z.iso.datetime().optional(),
  /** Transfers that are going on. */
  transfers: count,
  /** The last survey that came to its end; absent before the first. */
  survey: exporterSurveySchema.optional(),
  /** Why the survey after that did not; absent where there is none. */
  surveyTrouble: z.string().optional(),
});

/** What an exporter tells of itself. */
export type ExporterReport = z.output<typeof exporterReportSchema>;
