/** A report from a disk: it says nothing on the console, throws nothing and asks for nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, it } from "vitest";
import { inBrowser, openFile, trained } from "./browser.js";
import { type MadeReport, makePlayground, makeReport } from "./reports.js";
import { SMALL } from "./sweeps.js";

const SWEEP = { ...SMALL, epochs: 50 };

inBrowser("a page from a disk", () => {
  let report: MadeReport;
  beforeAll(async () => {
    report = await makeReport(SWEEP);
  });

  it("opens every view without a message, an error or a request", async () => {
    const page = await openFile(report.page);
    await page.locator("td.rate a").first().click();
    await page.getByRole("link", { name: "Seed 1", exact: true }).last().click();
    await trained(page);
    await page.getByRole("link", { name: "Playground", exact: true }).click();
    await trained(page);
    expect(page.noticed).toEqual([]);
  });

  it("trains in a worker of its own, which the script in the file is", async () => {
    const page = await openFile(report.page, "#view=playground");
    await trained(page);
    expect(page.workers().map((worker) => worker.url())).toEqual([
      expect.stringMatching(/^blob:(null|file:)/),
    ]);
  });

  it("a playground opens so, too", async () => {
    const page = await openFile(await makePlayground());
    await trained(page);
    expect(await page.locator("h1").textContent()).toBe("Playground");
    expect(page.noticed).toEqual([]);
  });

  it("has a policy that allows no network and nothing inline", async () => {
    const page = await openFile(report.page);
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|(?<!wasm-)unsafe-eval|https?:|\*/);
  });

  it("reaches no server, whatever its page and its worker try", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!);
      response.setHeader("access-control-allow-origin", "*").end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const page = await openFile(report.page, "#view=playground");
    await trained(page);
    const fetched = (to: string) =>
      fetch(to).then(
        () => "loaded",
        () => "refused",
      );
    const tried = {
      page: await page.evaluate(fetched, `${address}/fetch`),
      data: await page.evaluate(fetched, "data:,x"),
      worker: await page.workers()[0].evaluate(fetched, `${address}/worker`),
    };
    const ran = await page.evaluate(async (to) => {
      navigator.sendBeacon(`${to}/beacon`);
      document.body.insertAdjacentHTML(
        "beforeend",
        `<img src="${to}/image"><link rel="stylesheet" href="${to}/style"><iframe src="${to}/frame"></iframe>` +
          `<form action="${to}/form"><button onclick="window.ran = true"></button></form>`,
      );
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      document.querySelector<HTMLElement>("form[action] button")!.click();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      return "ran" in window;
    }, address);
    expect({ ...tried, ran }).toEqual({
      page: "refused",
      data: "refused",
      worker: "refused",
      ran: false,
    });
    expect(asked).toEqual([]);
    // The server itself can be reached.
    await fetch(`${address}/node`);
    expect(asked).toEqual(["/node"]);
    server.close();
  });
});
