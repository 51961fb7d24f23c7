/** This process's flags without a program among them (`node -e CODE`), which would run once more. */
export function ownFlags(): string[] {
  const isProgram = /^(-[ep]+|--eval|--print|--input-type)(=|$)/;
  return process.execArgv.filter((flag, index, flags) => {
    const before = flags[index - 1] ?? "";
    const belongsToProgram =
      isProgram.test(before) && !before.includes("=") && !flag.startsWith("-");
    return !isProgram.test(flag) && !belongsToProgram;
  });
}
