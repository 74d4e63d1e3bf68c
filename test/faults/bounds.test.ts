/** However large or wrong a file is, little of it is looked at before the first message. */
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readText } from "#lrn/files/read.js";
import { parseJson } from "#lrn/files/read-json.js";
import { parseWith } from "#lrn/files/schema-errors.js";
import { readSweep } from "#lrn/sweep/read-sweep.js";
import { lrn, temporaryFolder } from "../cli/lrn.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function fileOf(content: string): Promise<string> {
  const file = join(folder, `${Math.random()}.json`);
  await writeFile(file, content);
  return file;
}

function* joined(count: number, part: (index: number) => string) {
  for (let i = 0; i < count; i += 1000) {
    const parts = Array.from({ length: Math.min(1000, count - i) }, (_, j) => part(i + j));
    yield `${i > 0 ? "," : ""}${parts.join()}`;
  }
}

const list = (count: number, part: (index: number) => string) => [...joined(count, part)].join("");

async function refusal(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    expect((error as Error).name, (error as Error).stack).toBe("UserError");
    return (error as Error).message;
  }
  return "accepted";
}

describe("of a file that is too large", () => {
  it("no byte beyond the limit is read: a sparse terabyte is refused like a device without an end", async () => {
    const file = await fileOf("{");
    await truncate(file, 2 ** 40);
    const limit = { what: "a sweep file", maxBytes: 2 ** 20 };
    const message = "must be at most 1 MiB large, is larger; give a sweep file";
    expect(await refusal(() => readText(file, limit))).toBe(`${file}: ${message}`);
    if (process.platform === "win32") return;
    expect(await refusal(() => readText("/dev/zero", limit))).toBe(`/dev/zero: ${message}`);
  });

  it("a file of exactly the limit is read, one byte more is not", async () => {
    const file = await fileOf("x".repeat(1000));
    expect(await readText(file, { what: "x", maxBytes: 1000 })).toHaveLength(1000);
    expect(await refusal(() => readText(file, { what: "x", maxBytes: 999 }))).toContain(
      "is larger",
    );
  });
});

describe("the command line's own limit on a sweep file", () => {
  it.each<[string, () => Generator<string>]>([
    [
      "50 MB of unknown keys",
      function* () {
        yield '{"name":"x",';
        yield* joined(3_400_000, (i) => `"key${i}":1`);
        yield "}";
      },
    ],
    [
      "12 million seeds",
      function* () {
        yield '{"name":"x","grid":{},"seeds":[';
        yield* joined(12_000_000, String);
        yield "]}";
      },
    ],
  ])("%s are refused unread", async (_what, content) => {
    const file = join(folder, "huge.json");
    await writeFile(file, content());
    for (const command of [
      ["plan", file],
      ["check", "configs/thesis.json", "--baseline", file],
    ]) {
      const { code, stdout, stderr } = await lrn(command);
      expect(stderr).toMatch(/huge\.json: must be at most \d MiB large, is larger; give .*\n$/);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    }
  });

  it("as many unknown keys as it may have take one line", async () => {
    const file = await fileOf(`{${list(300_000, (i) => `"k${i}":1`)}}`);
    const { code, stderr } = await lrn(["plan", file]);
    expect(stderr).toBe(
      `lrn: ${file}: the whole: must have at most 250,000 values in all, has more; give fewer\n`,
    );
    expect(code).toBe(2);
  });

  it("as much as it may have and all of it wrong takes eleven lines", async () => {
    const grids = list(12_000, () => '{"depht":[0]}');
    for (const content of [
      `{${list(240_000, (i) => `"k${i}":1`)}}`,
      `{"name":"x","grid":{},"seeds":[${list(240_000, (i) => `-${i + 1}`)}]}`,
      `{"name":"x","seeds":1,"grid":[${grids}]}`,
    ]) {
      const file = await fileOf(content);
      const lines = (await refusal(() => readSweep(file))).split("\n");
      expect(lines).toHaveLength(11);
      expect(lines[10]).toMatch(/: … and [\d,]+ more$/);
      for (const line of lines) expect(line.length).toBeLessThan(file.length + 400);
    }
  });

  it("a value, a key and a text of any length are shown cut to a line", async () => {
    const long = "x".repeat(100_000);
    for (const content of [`{"${long}":1}`, `{"name":"${long}!","grid":{},"seeds":1}`, long]) {
      const file = await fileOf(content);
      for (const line of (await refusal(() => readSweep(file))).split("\n")) {
        expect(line.length).toBeLessThan(file.length + 400);
      }
    }
  });
});

describe("a schema's messages", () => {
  const schema = z.strictObject({ a: z.number({ error: "must be a number" }) });
  const refused = (value: unknown, more: object = {}) =>
    refusal(() => parseWith(schema, value, "x.json", { what: "a thing", ...more }));

  it("name what the value was to be", async () => {
    expect(await refused({ a: 1, other: 2 })).toBe(
      "x.json: other: is not a field of a thing; its fields are a",
    );
    expect(await refused(JSON.parse('{"a":1,"__proto__":2}'))).toBe(
      "x.json: __proto__: is not a field of a thing; remove it",
    );
  });

  it("end with the remedy where there is one", async () => {
    expect(await refused({ a: "1" }, { remedy: "remove it" })).toBe(
      'x.json: a: must be a number, got "1"; remove it',
    );
  });

  it("count lists, objects and values before a schema looks at each", async () => {
    let looked = 0;
    const counting = z.array(z.unknown().refine(() => ++looked > 0));
    const counted = (value: unknown, limits: object) =>
      refusal(() => parseWith(counting, value, "x.json", { what: "a thing", ...limits }));
    expect(await counted(Array(11).fill(0), { maxValues: 10 })).toContain("at most 10 values");
    expect(await counted(Array(11).fill([]), { maxObjects: 11 })).toContain(
      "at most 11 lists and objects",
    );
    expect(looked).toBe(0);
    expect(await counted(Array(10).fill(0), { maxValues: 10 })).toBe("accepted");
    expect(looked).toBe(10);
  });
});

describe("JSON", () => {
  const depth = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

  it("may be nested 32 deep, and brackets in texts are no nesting", async () => {
    expect(await refusal(() => parseJson(depth(32), "x"))).toBe("accepted");
    expect(await refusal(() => parseJson(depth(33), "x"))).toContain("line 1, column 33: must be");
    const texts = JSON.stringify(Array(100).fill('[{"\\"[{'));
    expect(parseJson(texts, "x")).toEqual(JSON.parse(texts));
    expect(await refusal(() => parseJson("[".repeat(4_000_000), "x"))).toContain(
      "nested at most 32",
    );
  });

  it("names line and column of its first mistake, and no further one", async () => {
    const wrong = `[1,\n${"}\n".repeat(1_000_000)}`;
    expect(await refusal(() => parseJson(wrong, "x"))).toMatch(
      /^x: line 2, column 1: must be JSON/,
    );
    const end = `${"\n".repeat(1_000_000)}}`;
    expect(await refusal(() => parseJson(end, "x"))).toMatch(/^x: line 1000001, column 1: must be/);
  });
});
