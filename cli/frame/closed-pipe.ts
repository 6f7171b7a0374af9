/**
 * Ends the process quietly when nobody reads its output any more: `zaibei status | head -1` has what it asked for. What is
 * left to be said, nobody would hear.
 */
export function endWithItsReader(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
