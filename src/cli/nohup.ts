/** Whether `nohup` is to keep hang-ups from this process. */
import { readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

const HANG_UP = 1n;
const WRITE_ONLY = 1;

/**
 * The system could say whether hang-ups are ignored, had Node not reset that at its start. So this
 * looks for what nohup leaves: the shell's word on what it started (bash, zsh and ksh have one, dash
 * has none); on Linux also standard input, which GNU's nohup takes from a terminal and makes
 * unreadable, and a parent that ignores hang-ups, as a script under nohup does.
 */
export function isUnderNohup(): boolean {
  return basename(process.env._ ?? "") === "nohup" || inputIsUnreadable() || parentIgnoresHangUps();
}

function inputIsUnreadable(): boolean {
  return looksSo(() => {
    const [, flags] = /^flags:\s*([0-7]+)/m.exec(readFileSync("/proc/self/fdinfo/0", "utf8"))!;
    const mode = Number.parseInt(flags, 8) & 3;
    return mode === WRITE_ONLY && readlinkSync("/proc/self/fd/0") === "/dev/null";
  });
}

function parentIgnoresHangUps(): boolean {
  return looksSo(() => {
    const status = readFileSync(`/proc/${process.ppid}/status`, "utf8");
    const [, ignored] = /^SigIgn:\s*([0-9a-f]+)/m.exec(status)!;
    return (BigInt(`0x${ignored}`) & HANG_UP) !== 0n;
  });
}

/** Elsewhere than on Linux there is nothing to look at. */
function looksSo(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
