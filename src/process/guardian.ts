import { spawn, type ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Reads "+PID" and "-PID" lines. When they end, because whoever writes them is gone, it kills what is left.
 * Signals that a terminal sends to everybody are not for it.
 */
const SCRIPT = `
trap '' INT HUP TERM QUIT
pids=' '
while read -r line; do
  pid=\${line#?}
  case $line in
    +*) pids="$pids$pid " ;;
    -*) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
[ "$pids" = ' ' ] || kill -9 $pids
`;

let guardian: ChildProcess | undefined;

/**
 * Sees to it that a child does not outlive this process, however this process ends: also by SIGKILL,
 * and also where the child spins and hears nothing. Call it in the same turn in which the child was started.
 *
 * A shell beside them holds the other end of a pipe, and kills what is left when the pipe closes. A
 * thread in each child that waits for its own pipe would do it too; it costs every measured process
 * 11 MB and a third more time to start, and `process.exit` waits for it without end. Windows ends
 * children with their parent by itself: Node starts them in one job.
 *
 * @param options `group`: whether the child leads a group of processes, all of which are to end
 */
export function guard(child: ChildProcess, { group = false } = {}): void {
  if (process.platform === "win32" || child.pid === undefined) return;
  const pid = group ? -child.pid : child.pid;
  guardian ??= startGuardian();
  tell(`+${pid}`);
  child.once("exit", () => tell(`-${pid}`));
}

function startGuardian(): ChildProcess {
  const shell = spawn("/bin/sh", ["-c", SCRIPT], { stdio: ["pipe", "ignore", "ignore"] });
  // Where there is no shell, children that listen still end when their channel closes.
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  // It must not keep this process from ending.
  shell.unref();
  (shell.stdin as Writable & { readonly unref?: () => void }).unref?.();
  return shell;
}

function tell(line: string): void {
  guardian?.stdin?.write(`${line}\n`);
}
