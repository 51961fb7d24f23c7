/** Whether this runtime's JSON refuses what is nested so many times: from Node 26 on it refuses nothing. */
export function refusesNesting(times: number): boolean {
  try {
    JSON.stringify(JSON.parse(`${"[".repeat(times)}${"]".repeat(times)}`));
    return false;
  } catch {
    return true;
  }
}
