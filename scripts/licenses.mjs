/** The licences of the packages whose code is in a bundle: they ask to be kept with it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SEPARATOR = `\n\n${"-".repeat(80)}\n\n`;

/** @param metafile esbuild's. @returns [{ name, version, license, people, text }], of which code is in its outputs */
export function packagesIn({ outputs }) {
  const inputs = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const folders = inputs.map(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] : undefined,
  );
  return [...new Set(folders.filter(Boolean))].toSorted().map((folder) => {
    const {
      name,
      version,
      license,
      author,
      contributors = [],
    } = JSON.parse(read(`${folder}/package.json`));
    const people = [author ?? contributors].flat().map((person) => person.name ?? person);
    return { name, version, license, people, text: textOf(folder) };
  });
}

/** The licence's own file, or where there is none what the package's page says of it. */
function textOf(folder) {
  const names = readdirSync(`${root}${folder}`);
  const file = names.find((name) => /^licen[cs]e/i.test(name));
  if (file) return read(`${folder}/${file}`).trim();
  const page = names.find((name) => /^readme/i.test(name));
  const section = page && /^(#+ )?licen[cs]e\b.*(\n[-=]+$)?/im.exec(read(`${folder}/${page}`));
  if (!section) throw new Error(`${folder}: has no licence to be kept with its code`);
  return section.input.slice(section.index).trim();
}

/** Adds to a file the texts that it does not have yet. */
export function addLicenses(file, packages) {
  const there = existsSync(file) ? readFileSync(file, "utf8").trim().split(SEPARATOR) : [];
  const texts = packages.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}`,
  );
  writeFileSync(file, `${[...new Set([...there, ...texts])].toSorted().join(SEPARATOR)}\n`);
}

/** A comment with a line for each package: `preact 10.29.8, MIT, Copyright (c) 2015-present Jason Miller`. */
export function noticeOf(packages) {
  const lines = packages.map(({ name, version, license, people, text }) => {
    const copyright = /^copyright (\(c\)|\d{4}).*/im.exec(text)?.[0] ?? `by ${people.join(", ")}`;
    return `${name} ${version}, ${license}, ${copyright}`;
  });
  return `/* This script has code of:\n${lines.join("\n")}\n*/\n`;
}

function read(path) {
  return readFileSync(`${root}${path}`, "utf8");
}
