import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { type GivenFile, readDataset } from "#lrn/sweep/read-dataset.js";
import { checkedSweep, readResolvedSweep, readSweep } from "#lrn/sweep/read-sweep.js";
import { SMALL_GRID } from "./sweeps.js";

const CSV = "x1,x2,note,y\n1,2,a,3\n4,5,b,6\n7,8,c,9.5\n-1,0,d,0.1\n";
const GIVEN: GivenFile = { file: "data.csv", inputs: ["x1", "x2"], targets: ["y"] };

/** Bytes as `struct.pack("<12d", …)` of Python has them, behind the names. */
function sha256Of(names: string, ...numbers: number[]): string {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return createHash("sha256").update(names).update(new Uint8Array(view.buffer)).digest("hex");
}

let folder: string;
const path = (name = "data.csv") => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lrn-data-"));
  await writeFile(path(), CSV);
});

const refusal = (given: GivenFile) =>
  readDataset(given, folder, "s.json: dataset").then(
    () => "accepted",
    (error) => {
      expect(error).toBeInstanceOf(UserError);
      return error.message as string;
    },
  );

it("fills in what the file says", async () => {
  const read = await readDataset({ ...GIVEN, testSamples: 1, standardize: "none" }, folder);
  expect(read).toEqual({
    ...GIVEN,
    file: path(),
    samples: 3,
    sha256: sha256Of('[["x1","x2"],["y"]]\n', 1, 2, 3, 4, 5, 6, 7, 8, 9.5, -1, 0, 0.1),
    standardize: "none",
    testSamples: 1,
  });
  expect(makeDataset(read)).toMatchObject({ samples: 3, test: { samples: 1 } });
  expect(await readDataset(read, folder)).toEqual(read);
});

it("knows the same data by any path, however they are written", async () => {
  const { sha256 } = await readDataset(GIVEN, folder);
  await writeFile(path("b.csv"), CSV.replaceAll("\n", "\r\n").replace("9.5", "95e-1"));
  await writeFile(path("c.csv"), "more,y,x2,x1\n0,3,2,1\n0,6,5,4\n0,9.5,8,7\n0,.1,0,-1\n");
  for (const file of ["b.csv", "c.csv"]) {
    expect((await readDataset({ ...GIVEN, file }, folder)).sha256).toBe(sha256);
  }
});

it("tells other data from it", async () => {
  const { sha256 } = await readDataset(GIVEN, folder);
  const others = [
    CSV.replace("0.1", "0.1000000000000001"),
    CSV.replace("-1,0", "-1,-0"),
    `${CSV}1,1,e,1\n`,
    CSV.split("\n").with(1, "4,5,b,6").with(2, "1,2,a,3").join("\n"),
    CSV.replace("x1,x2", "x2,x1"),
  ];
  const hashes = [sha256];
  for (const content of others) {
    await writeFile(path(), content);
    hashes.push((await readDataset(GIVEN, folder)).sha256);
  }
  await writeFile(path(), CSV);
  for (const columns of [
    { inputs: ["x2", "x1"] },
    { inputs: ["x1"] },
    { inputs: ["x1"], targets: ["x2", "y"] },
  ]) {
    hashes.push((await readDataset({ ...GIVEN, ...columns }, folder)).sha256);
  }
  expect(new Set(hashes)).toHaveLength(hashes.length);
});

describe("refuses", () => {
  it("a file that is not there", async () => {
    expect(await refusal({ ...GIVEN, file: "not.csv" })).toBe(
      `s.json: dataset.file: ${path("not.csv")}: there is no such file; give the path of a CSV file`,
    );
  });

  it("a file that breaks a rule", async () => {
    expect(await refusal({ ...GIVEN, inputs: ["note"] })).toBe(
      `s.json: dataset: ${path()}: line 2, column "note": must be a number from -1e+30 to 1e+30, ` +
        'got "a"; mend that line',
    );
  });

  it("to keep so many rows for testing that fewer than two are left", async () => {
    expect(await refusal({ ...GIVEN, testSamples: 2 })).toBe("accepted");
    for (const testSamples of [3, 4, 5]) {
      expect(await refusal({ ...GIVEN, testSamples })).toBe(
        "s.json: dataset.testSamples: must leave 2 rows or more of the file's 4 to train on, " +
          `got ${testSamples}; give fewer`,
      );
    }
  });

  it("numbers that have changed", async () => {
    const { sha256: before } = await readDataset(GIVEN, folder);
    await writeFile(path(), CSV.replace("9.5", "9"));
    const { sha256: now } = await readDataset(GIVEN, folder);
    expect(await refusal({ ...GIVEN, sha256: before })).toBe(
      `s.json: dataset.sha256: ${path()} must have the numbers that it had, of SHA-256 ` +
        `${before.slice(0, 8)}…, has others, of ${now.slice(0, 8)}…; bring those back: ` +
        "to train on these, name the file without sha256 and samples",
    );
  });

  it("another number of samples", async () => {
    expect(await refusal({ ...GIVEN, samples: 3 })).toBe(
      "s.json: dataset.samples: must be the file's rows without those for testing, 4, got 3; leave it out",
    );
  });
});

describe("in a sweep", () => {
  const SWEEP = { name: "own", grid: SMALL_GRID, seeds: 1 };
  const write = async (content: object, file = path("sweep.json")) => {
    await writeFile(file, JSON.stringify(content));
    return file;
  };

  it("paths begin at the sweep file, and cells name the file alone", async () => {
    const drawn = { function: "abs", samples: 20, generator: "numpy", seed: 42 };
    const sweep = await readSweep(await write({ ...SWEEP, dataset: [drawn, GIVEN] }));
    expect(sweep.dataset).toEqual([drawn, await readDataset(GIVEN, folder)]);
    const { cells } = planSweep(sweep, "float32/1");
    expect(cells.map(({ cell }) => cell.dataset)).toMatchObject([drawn, { file: "data.csv" }]);
  });

  it("they may stand in grids, and a message says in which", async () => {
    const grid = [SMALL_GRID, { ...SMALL_GRID, dataset: [GIVEN, { ...GIVEN, targets: ["z"] }] }];
    const file = await write({ ...SWEEP, grid });
    await expect(readSweep(file)).rejects.toThrow(
      `${file}: grid[1].dataset[1]: ${path()}: has no column "z"`,
    );
  });

  it("the same data twice are one cell, wherever they are", async () => {
    await mkdir(path("other"));
    await writeFile(path("other/name.csv"), CSV);
    const dataset = [GIVEN, { ...GIVEN, file: "other/name.csv" }, { ...GIVEN, inputs: ["x1"] }];
    const { cells } = planSweep(await readSweep(await write({ ...SWEEP, dataset })), "float32/1");
    expect(cells).toHaveLength(2);
  });

  it("a program's paths begin at the working directory", async () => {
    const sweep = { ...SWEEP, grid: SMALL_GRID as never };
    await expect(checkedSweep({ ...sweep, dataset: GIVEN })).rejects.toThrow(
      "sweep: dataset.file: data.csv: there is no such file",
    );
    const { dataset } = await checkedSweep({ ...sweep, dataset: { ...GIVEN, file: path() } });
    expect(dataset).toMatchObject({ file: path(), samples: 4 });
  });

  it("results are read without the file, where a sweep has said what it needs to", async () => {
    const read = await readDataset(GIVEN, folder);
    const file = await write({ ...SWEEP, dataset: { ...read, file: "data.csv" } });
    await rename(path(), path("moved.csv"));
    for (const sweep of [await readResolvedSweep(file), await readSweep(file)]) {
      expect(sweep.dataset).toEqual(read);
    }
    await write({ ...SWEEP, dataset: GIVEN });
    await expect(readResolvedSweep(file)).rejects.toThrow(
      `${file}: dataset.sha256: is missing; run lrn sweep again, which fills it in`,
    );
  });
});
