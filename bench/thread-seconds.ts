/** CPU time of the main thread since it began, in seconds: other programs on the machine do not lengthen it. */
export function threadSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
