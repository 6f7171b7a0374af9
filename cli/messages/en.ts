import { catalogueMessages } from './en-catalogue.ts';
import { datasetMessages } from './en-dataset.ts';
import { doctorMessages } from './en-doctor.ts';
import { journalMessages } from './en-journal.ts';
import { statusMessages } from './en-status.ts';

/** Everything the command line says in English; `{name}` is a blank. The other languages must have the same keys. */
export const en = {
  ...statusMessages,
  ...doctorMessages,
  ...catalogueMessages,
  ...datasetMessages,
  ...journalMessages,
  noKubeconfig: 'there is no kubeconfig {file}; name one by --kubeconfig or KUBECONFIG',
  severalKubeconfigs: 'KUBECONFIG names several files, or none; name one by --kubeconfig',
  unreadableKubeconfig: '{file} is no kubeconfig that can be read; check it with "kubectl config view"',
  noContexts: '{file} has no contexts; add one for each centre, or name the site by --site',
  badSite: 'the site {folder} cannot be used; "npx zaibei validate" shows this too\n{findings}',
  waiting: 'still waiting for {centres}; it ends {seconds} s after its start at the latest',
  unknownKind: 'there is no kind "{name}"; the kinds are {kinds}. {hint}',
  unknownField: '{where} has no field "{name}"; its fields are {fields}. {hint}',
  noField: '{where} has no fields below it',
  didYouMean: 'Did you mean "{name}"?',
  typeOf: 'type',
  required: 'required',
  defaultOf: 'default',
  allowed: 'allowed',
  yes: 'yes',
  no: 'no',
  fieldHeading: 'FIELD',
  typeHeading: 'TYPE',
  meaningHeading: 'MEANING',
  reachabilityFailed: 'the table of reachability was not made: {problem}',
} as const;
