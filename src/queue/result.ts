/** What a worker sends back of a batch, and how it is checked before it reaches a store. */
import * as z from "zod";
import type { TrainedBatch } from "../engines/requests.js";
import { UserError } from "../errors.js";
import { parseWith } from "../files/schema-errors.js";
import { wholeNumber } from "../model/axis-rules.js";
import { isRmse, LATER_NUMBERS, type LaterNumber, NUMBERS_OF } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import { batchKey, type QueuedBatch } from "./batch.js";
import { ATTEMPTS } from "./bull-queue.js";
import { withoutPasswords } from "./passwords.js";

/** Of why a trial failed, in characters. */
const LONGEST_REASON = 2000;

const rmse = z.number().min(0);
const count = wholeNumber(0, 2 ** 31 - 1);
const later = Object.fromEntries(
  LATER_NUMBERS.map((name) => [name, (isRmse(name) ? rmse : count).optional()]),
) as { [Name in LaterNumber]: z.ZodOptional<z.ZodNumber> };

const outcome = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("trained"),
    finalRmse: rmse,
    deadNeurons: count,
    deadLayers: count,
    ...later,
    thresholdRmse: rmse.optional(),
  }),
  z.strictObject({ state: z.literal("diverged") }),
  z.strictObject({ state: z.literal("failed"), reason: z.string().max(LONGEST_REASON) }),
]);

const resultSchema = z.strictObject({
  key: z.string(),
  numerics: z.string(),
  outcomes: z.array(outcome),
  trainMs: z.array(z.number().min(0)),
});

export type Result = z.infer<typeof resultSchema>;

/** In full precision: JSON has every digit of a float64. */
export function resultOf(batch: QueuedBatch, trained: TrainedBatch): Result {
  return {
    key: batchKey(batch, trained.numerics),
    numerics: trained.numerics,
    outcomes: trained.outcomes.map((each) =>
      each.state === "failed" ? { ...each, reason: each.reason.slice(0, LONGEST_REASON) } : each,
    ),
    trainMs: [...trained.trainMs],
  };
}

/**
 * @param key what the batch is called
 * @param numerics the version that the batch was to be trained with
 * @throws UserError where it breaks a rule, is of another batch or numeric version, has another number of
 *   trials, or a number that none of its trials can have
 */
export function trainedOf(
  result: unknown,
  key: string,
  batch: QueuedBatch,
  numerics: string,
): TrainedBatch {
  const source = `result of batch ${key.slice(0, 8)}`;
  const refuse = (what: string) => {
    throw new UserError(`${source}: ${what}`);
  };
  const trained = parseWith(resultSchema, result, source, { what: "a result" });
  if (trained.numerics !== numerics) {
    refuse(`numerics: must be ${numerics}, got ${JSON.stringify(trained.numerics.slice(0, 80))}`);
  }
  if (trained.key !== key) refuse("key: must be that of the batch, is another's");
  const { trials, threshold } = batch;
  for (const name of ["outcomes", "trainMs"] as const) {
    const { length } = trained[name];
    if (length !== trials.length)
      refuse(`${name}: must be ${trials.length}, one per trial, are ${length}`);
  }
  for (const [i, each] of trained.outcomes.entries()) {
    const wrong = each.state === "trained" && wrongOf(each, trials[i], threshold);
    if (wrong) refuse(`outcomes[${i}].${wrong}`);
  }
  return trained as TrainedBatch;
}

/** How the reason begins why a batch has failed that no worker takes. */
export const REFUSED = "refused: ";

/** BullMQ's words for a job whose workers died or hung are not those of people who wait for trials. */
export function failureOf(reason: string): string {
  const said = withoutPasswords(reason.slice(0, LONGEST_REASON));
  if (said.startsWith(REFUSED)) {
    return `its batch was refused by the workers: ${said.slice(REFUSED.length)}`;
  }
  const because = /stalled more than/.test(said) ? "the workers that had it died or hung" : said;
  return `its batch failed ${ATTEMPTS} times in the queue: ${because}`;
}

const COUNTS = [
  "deadNeurons",
  "deadLayers",
  ...LATER_NUMBERS.filter((name) => !isRmse(name)),
] as const;

type Trained = Extract<Result["outcomes"][number], { state: "trained" }>;

/** @returns the field with a number that this trial cannot have, and the rule */
function wrongOf(
  outcome: Trained,
  { depth, width, epochs, dataset }: Trial,
  threshold: number | undefined,
): string | undefined {
  const mosts = { neurons: depth * width, layers: depth, network: 1, epochs, error: Infinity };
  for (const name of COUNTS) {
    const value = outcome[name];
    if (value === undefined) continue;
    const most = mosts[NUMBERS_OF[name]];
    if (value > most) return `${name}: must be at most ${most}, got ${value}`;
  }
  const { testRmse, thresholdRmse, epochsToConverge, finalRmse } = outcome;
  if (thresholdRmse !== threshold)
    return `thresholdRmse: must be ${threshold}, got ${thresholdRmse}`;
  const hasTest = (dataset.testSamples ?? 0) > 0;
  if ((testRmse !== undefined) !== hasTest)
    return "testRmse: is there where a dataset has test points, and only there";
  const converged = threshold !== undefined && finalRmse <= threshold;
  if ((epochsToConverge !== undefined) !== converged) {
    return "epochsToConverge: is there where the final RMSE is at most the threshold, and only there";
  }
  return undefined;
}
