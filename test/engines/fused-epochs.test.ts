/** The fused engine against the reference engine, bit for bit, over many epochs. */
import { describe, it } from "vitest";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";
import { awake, batchOf, WHOLE } from "./batches.js";
import { activationAt, agree, isThesis, SETTINGS } from "./fused-agrees.js";

/** Those of the thesis, and others with every connection, optimizer, style and activation among them. */
const LONG = SETTINGS.flatMap(({ index, ...setting }) => {
  const thesis = isThesis({ index, ...setting });
  const other = WHOLE || index % 5 === 0;
  return [
    ...(thesis ? [{ ...setting, activation: "relu" as const, epochs: WHOLE ? 3000 : 200 }] : []),
    ...(other
      ? [{ ...setting, activation: activationAt(1 + index), epochs: WHOLE ? 300 : 150 }]
      : []),
  ];
});

describe.each(LONG)("$connection, $optimizer, $trainingStyle, $activation", (setting) => {
  it.each([
    { width: 2, depth: WHOLE ? 30 : 12, samples: WHOLE ? 20 : 7 },
    { width: 4, depth: 5, samples: WHOLE ? 20 : 13 },
  ])(
    "is the reference's after many epochs, $depth × $width",
    async ({ samples, ...shape }) => {
      const dataset = { ...THESIS_DATASET, samples };
      await agree(batchOf({ ...setting, ...shape, dataset }, WHOLE ? 3 : 2));
      await agree(awake(batchOf({ ...setting, ...shape, dataset }, 2)));
    },
    60_000,
  );
});
