/** The flags that say which queue, and the environment's word for it. */
import type { Argv } from "yargs";
import type { QueueAddress } from "../queue/address.js";

export interface QueueOptions {
  readonly queue: string | undefined;
  readonly queueName: string | undefined;
}

/** Where the address is read from when no flag has it: other users do not see a process's environment. */
export const QUEUE_VARIABLE = "LRN_QUEUE";

export function queueOptions<Before>(yargs: Argv<Before>): Argv<Before & QueueOptions> {
  return yargs
    .option("queue", {
      type: "string",
      requiresArg: true,
      describe: `Redis whose workers train, as redis://host:6379 (default: ${QUEUE_VARIABLE})`,
    })
    .option("queue-name", {
      type: "string",
      requiresArg: true,
      describe: "Sets apart sweeps that share a Redis (default: sweep)",
    }) as never;
}

/**
 * @param note told where the way that the address was given is not a good one
 * @returns undefined where neither the flag nor the environment has one; `--queue ""` is none, whatever the environment has
 * @throws UserError where it is no address; its message has no password
 */
export async function queueFlag(
  { queue, queueName }: QueueOptions,
  note: (text: string) => void,
): Promise<QueueAddress | undefined> {
  // What stands on the command line, other users of the machine see until it is replaced.
  if (queue?.includes("@")) process.title = "lrn";
  const url = queue ?? process.env[QUEUE_VARIABLE];
  if (url === undefined || url === "") {
    if (queueName === undefined) return undefined;
    const { UserError } = await import("../errors.js");
    throw new UserError(`--queue-name: goes with a queue; give --queue, or set ${QUEUE_VARIABLE}`);
  }
  const { queueAddress } = await import("../queue/address.js");
  const address = queueAddress(url, queueName, queue === undefined ? QUEUE_VARIABLE : "--queue");
  if (queue?.includes("@")) {
    note(
      `A password after --queue shows in lists of processes and in the shell's history; put the address into the ` +
        `variable ${QUEUE_VARIABLE} instead.`,
    );
  }
  return address;
}
