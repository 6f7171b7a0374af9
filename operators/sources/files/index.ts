/** What other parts of the sources use of files on volumes. */
export { filesOf, type FilesModule } from './files-module.ts';
