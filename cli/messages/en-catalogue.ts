/** What `zaibei catalogue` says in English. */
export const catalogueMessages = {
  fileUnreadable: '{file} cannot be read: {problem}',
  fileNoText: '{file} is neither UTF-8 nor GB 18030; save it as CSV in one of the two',
  fileExists: '{file} is there already; name another file, or say --replace',
  fileUnwritable: '{file} cannot be written: {problem}',
  imported: '{file}: {count} Datasets; judge them with the site by "npx zaibei validate"',
  nothingWritten: '{file}: nothing was written; correct the cells above and import it again',
  datasetHeading: 'DATASET',
  gradeHeading: 'CLASS',
  nameHeading: 'NAME',
} as const;
