import type { Dataset } from '../../api/index.ts';
import type { ExporterReport, ExporterSurvey, ExporterTrouble } from '../../api/layout/exporter.ts';
import type { Verdict } from '../../protection/index.ts';
import type { ExporterPod } from './exporter-kinds.ts';

/** What is known of an exporter at one moment. */
export interface ExporterFacts {
  /** Whether the claim of the dataset is there. */
  readonly claimed: boolean;
  /** Why its pods cannot be made, as Kubernetes says it. */
  readonly failure?: string | undefined;
  /** Its pod; undefined: there is none. */
  readonly pod?: Pick<ExporterPod, 'waiting'> | undefined;
  /** Digest of what one of this spec is started with. */
  readonly startedWith: string;
  /** What it tells of itself; undefined: it does not answer. */
  readonly report?: ExporterReport | undefined;
}

/** Names of files that are quoted in a condition. */
const QUOTED = 3;

const REMEDIES: Readonly<Record<ExporterTrouble, string>> = {
  CertificateMissing: 'Run "npx zaibei dataset prepare", or let the issuer of the site write the Secret.',
  CertificateUnfit: 'Run "npx zaibei dataset prepare", or let the issuer of the site write the Secret anew.',
  CertificateExpired: 'Renew it; the exporter takes it up by itself.',
  PathMissing: 'Correct spec.files.path, or make the folder.',
  PathNotFolder: 'Name a folder in spec.files.path.',
  PathOutsideVolume: 'Name in spec.files.path the folder itself, within the volume.',
  PathUnreadable: 'Name in spec.files.runAs a user who may read it.',
  ServerFailed: 'It is tried again; look in the log of the exporter if it lasts.',
};

/** Whether every file of a dataset can be fetched by those who hold its copies. What is not known is never fine. */
export function judgeExporter({ files }: Pick<Dataset['spec'], 'files'>, facts: ExporterFacts): Verdict {
  const { claimed, failure, pod, startedWith, report } = facts;
  if (!claimed) return noClaim(files?.volumeClaim ?? '');
  if (report === undefined) return judgeSilence(failure, pod);
  if (report.startedWith !== startedWith)
    return {
      status: 'Unknown',
      reason: 'ExporterOutdated',
      message: 'The exporter that answers was started by a former spec, and is about to be replaced.',
    };
  if (report.trouble !== undefined) {
    const { reason, message } = report.trouble;
    return no(reason, message, REMEDIES[reason]);
  }
  if (report.surveyTrouble !== undefined)
    return {
      status: 'Unknown',
      reason: 'SurveyFailed',
      message: `The exporter serves, and ${report.surveyTrouble}.`,
    };
  if (report.survey === undefined)
    return {
      status: 'Unknown',
      reason: 'NotSurveyed',
      message: 'The exporter serves, and is looking through the files.',
    };
  return judgeSurvey(report.survey);
}

/** What is said while no exporter has begun: it is never the first to mount a volume. */
export function judgeUnbegun(claim: string, claimed: boolean): Verdict {
  if (!claimed) return noClaim(claim);
  const message = `No pod of the tenant has mounted the claim ${claim} yet, and the exporter is never the first. Start the workload.`;
  return { status: 'Unknown', reason: 'VolumeUnused', message };
}

function noClaim(claim: string): Verdict {
  const remedy = 'Make it, or correct spec.files.volumeClaim.';
  return no('ClaimMissing', `There is no PersistentVolumeClaim ${claim}.`, remedy);
}

function judgeSilence(failure: string | undefined, pod: ExporterFacts['pod']): Verdict {
  if (pod?.waiting !== undefined) {
    const { reason, message } = pod.waiting;
    const what = message === '' ? reason : `${reason}: ${message}`;
    return {
      status: 'Unknown',
      reason: 'ExporterNotRunning',
      message: `The pod of the exporter does not run (${what}).`,
    };
  }
  if (failure !== undefined)
    return no(
      'ExporterRefused',
      `The pod of the exporter cannot be made: ${failure}.`,
      'Make room for it in the quota.',
    );
  const message =
    pod === undefined ? 'The exporter has no pod yet.' : 'The exporter does not answer the operator.';
  return { status: 'Unknown', reason: 'ExporterSilent', message };
}

function judgeSurvey({ unreadable, special, leavingLinks, files, endedAt }: ExporterSurvey): Verdict {
  if (unreadable.count > 0) {
    const happened = `${unreadable.count} of the files and folders cannot be read by the exporter, such as ${quote(unreadable.examples)}.`;
    return no(
      'FilesUnreadable',
      happened,
      'Name in spec.files.runAs a user who may read them all, or exclude them.',
    );
  }
  const remarks = [
    ...remark(
      special.count,
      'sockets, pipes and devices, of which copies have the names alone',
      special.examples,
    ),
    ...remark(leavingLinks.count, 'links that lead out, to what copies do not have', leavingLinks.examples),
  ];
  const readable = `All of ${files} files could be read at ${endedAt}.`;
  return { status: 'True', reason: 'Fit', message: [readable, ...remarks].join(' ') };
}

function remark(count: number, what: string, examples: readonly string[]): string[] {
  return count === 0 ? [] : [`There are ${count} ${what}, such as ${quote(examples)}.`];
}

function quote(names: readonly string[]): string {
  return names
    .slice(0, QUOTED)
    .map((name) => `"${name}"`)
    .join(', ');
}

function no(reason: string, happened: string, remedy: string): Verdict {
  return { status: 'False', reason, message: `${happened} ${remedy}` };
}
