/** A real browser for tests of pages: Debian's chromium, Chrome, or what LRN_CHROMIUM names. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

function findChromium(): string | undefined {
  const { LRN_CHROMIUM, PATH = "" } = process.env;
  if (LRN_CHROMIUM) return LRN_CHROMIUM;
  return NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find(
    isExecutable,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const executablePath = findChromium();
let browser: Browser;

/** A group of tests that open pages: skipped, and said to be, where no browser is. */
export function inBrowser(name: string, tests: () => void): void {
  describe.skipIf(!executablePath)(`${name} (needs chromium)`, () => {
    beforeAll(async () => {
      // Chromium's sandbox refuses to run as root.
      const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
      browser = await chromium.launch({ executablePath: executablePath!, args });
    });
    afterAll(() => browser.close());
    tests();
  });
}

export interface OpenedPage extends Page {
  /** Whatever the page said on the console, threw or asked for, in words: the file itself and its worker left out. */
  readonly noticed: readonly string[];
}

/**
 * Opens a file as one does from a disk, in a window of its own.
 *
 * @param fragment the selection, as `#view=cell&depth=2`
 */
export async function openFile(
  file: string,
  fragment = "",
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const noticed: string[] = [];
  const { href } = pathToFileURL(file);
  page.on("console", (message) => noticed.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noticed.push(`thrown: ${error.message}`));
  page.on("dialog", async (dialog) => {
    noticed.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = request.url();
    if (url.replace(/#.*/, "") !== href && !url.startsWith("blob:") && url !== "data:,") {
      noticed.push(`request: ${url}`);
    }
  });
  await page.goto(href + fragment);
  await page.locator("h1").waitFor();
  return Object.assign(page, { noticed });
}

/** Goes to another view, as a link does. */
export async function goTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, fragment);
}

/** Waits until the trainings that the page shows are those that were asked for. */
export async function trained(page: Page): Promise<void> {
  await page.locator(".training").first().waitFor();
  await page.waitForFunction(() => {
    const waiting = [...document.querySelectorAll("[role=status]")].some(({ textContent }) =>
      textContent.startsWith("Training"),
    );
    return !waiting && !document.querySelector('.training[aria-busy="true"]');
  });
}
