import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { readColumns } from "#lrn/files/read-columns.js";

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), "lrn-columns-")), "data.csv");
});

async function read(content: string | Uint8Array, names = ["x", "y"], mostRows = 5) {
  await writeFile(file, content);
  return [...(await readColumns(file, "data.csv", { names, leastRows: 2, mostRows }))!];
}

it("gives columns by their names, row by row, in the order asked for", async () => {
  expect(await read("x,note,y\n1,a,2\n3,b,4\n")).toEqual([1, 2, 3, 4]);
  expect(await read("x,note,y\n1,a,2\n3,b,4\n", ["y", "x"])).toEqual([2, 1, 4, 3]);
});

it.each([
  ["a byte order mark", "\uFEFFx,y\n1,2\n3,4\n"],
  ["line ends of Windows", "x,y\r\n1,2\r\n3,4\r\n"],
  ["quotes", '"x","y","a ""note"", of two\nlines"\n"1","2",","\n3,4,"\n"\n'],
  ["blanks", " x , y\n1, 2\n 3 ,4\n"],
  ["empty lines, and none at the end", "\nx,y\n1,2\n\n3,4"],
  ["other ways to write numbers", "x,y\n+1.0,.2e1\n3.,400E-2\n"],
])("lets be %s", async (_, content) => {
  expect(await read(content)).toEqual([1, 2, 3, 4]);
});

it("gives every number back that JavaScript writes", async () => {
  const value = fc.double({ min: -1e30, max: 1e30, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 5 }),
      async (rows) => {
        const lines = rows.map(([x, y]) => `${x},${y}`);
        // JavaScript writes -0 as 0.
        expect(await read(["x,y", ...lines].join("\n"))).toEqual(rows.flat().map((v) => v + 0));
      },
    ),
    { numRuns: 50 },
  );
});

it("has nothing where there is no file", async () => {
  const wanted = { names: ["x"], leastRows: 2, mostRows: 5 };
  expect(await readColumns(`${file}.not`, "data.csv", wanted)).toBeUndefined();
});

describe("refuses", () => {
  const range = "must be a number from -1e+30 to 1e+30";
  it.each([
    ["a word", "x,y\n1,2\n3,four\n", `line 3, column "y": ${range}, got "four"; mend that line`],
    ["an empty cell", "x,y\n1,\n3,4\n", `line 2, column "y": ${range}, got ""; mend that line`],
    ["NaN", "x,y\nNaN,2\n3,4\n", `line 2, column "x": ${range}, got "NaN"; mend that line`],
    [
      "infinity",
      "x,y\n1,2\n3,1e999\n",
      `line 3, column "y": ${range}, got "1e999"; mend that line`,
    ],
    ["hexadecimal", "x,y\n1,2\n3,0x4\n", `line 3, column "y": ${range}, got "0x4"; mend that line`],
    ["commas for points", 'x,y\n1,2\n3,"4,5"\n', `line 3, column "y": ${range}, got "4,5"; mend`],
    ["a short row", "x,y\n1,2\n3\n", "line 3: must have 2 values, as the first line, has 1; mend"],
    ["a column that is missing", "xx,y\n1,2\n", 'has no column "x"; did you mean "xx"?'],
    ["semicolons", "a;b;c;d;y\n1;2\n", 'has no column "x"; its columns are "a;b;c;d;y"'],
    ["two columns of a name", "x,y,x\n1,2,3\n", 'must have one column "x", has several; rename'],
    ["one row", "x,y\n1,2\n", "must have a line of names and 2 rows or more below it, has 1; give"],
    ["nothing", "", "must have a line of names and 2 rows or more below it, is empty; give more"],
    [
      "too many rows",
      `x,y\n${"1,2\n".repeat(6)}`,
      "must have at most 5 rows, has more; give fewer",
    ],
    ["quotes without an end", 'x,y\n1,"2\n3,4\n', "must be CSV: Quote Not Closed"],
    ["no text", Buffer.from([0xff, 0xfe]), "must be text in UTF-8, is not; give a CSV file"],
  ])("%s", async (_, content, message) => {
    const refusal = await read(content).catch((error) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal.message).toContain(`data.csv: ${message}`);
  });
});
