/** The report page in a real browser, as a reader has it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chartsOf } from "../studies/compare/charts.js";
import type { ResultDocument } from "../studies/compare/document.js";
import { chromiumPath, startBrowser } from "../testing/browser.js";
import { hellfact } from "../testing/command.js";
import { judgedDocument } from "../testing/judged-document.js";

const EVIL = `<script>document.title="owned"</script>`;

const folder = mkdtempSync(join(tmpdir(), "hellfact-page-"));
const address = (name: string) => pathToFileURL(join(folder, name)).href;
let browser: Browser;
/** A comparison with a codec of a bad name. */
let evil: ResultDocument;
/** What pages said on their consoles. */
const said: string[] = [];

async function makePage(name: string, ...documents: ResultDocument[]): Promise<void> {
  const paths = documents.map((document, index) => {
    const path = join(folder, `${name}-${index}.json`);
    writeFileSync(path, JSON.stringify(document));
    return path;
  });
  const words = ["report", ...paths, "--format", "html", "--output", join(folder, name)];
  expect(await hellfact(words)).toEqual({ code: 0, stdout: "", stderr: "" });
}

async function open(
  name: string,
  { width = 1400, dark = false, script = true } = {},
): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
  });
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => {
    if (!/^(?:file|data):/.test(request.url())) said.push(`loaded ${request.url()}`);
  });
  await page.goto(address(name));
  return page;
}

describe.skipIf(chromiumPath === undefined)("in Chromium (needs it installed)", () => {
  beforeAll(async () => {
    const document = await judgedDocument();
    evil = JSON.parse(
      JSON.stringify(document).replaceAll('"msgpackr"', JSON.stringify(EVIL)),
    ) as ResultDocument;
    const elsewhere = {
      ...evil,
      environment: { ...evil.environment, cpuModel: "Other 7" },
    };
    await makePage("one.html", evil);
    await makePage("two.html", evil, elsewhere);
    browser = await startBrowser(chromiumPath ?? "");
  });
  afterAll(() => browser.close());

  test.each([
    ["one.html", 1400, false],
    ["one.html", 390, true],
    ["two.html", 1400, true],
    ["two.html", 390, false],
  ])("%s at %i pixels, dark %s: accessible, silent, and not wider", async (name, width, dark) => {
    const page = await open(name, { width, dark });
    await page.evaluate(
      "document.querySelectorAll('details').forEach((one) => { one.open = true })",
    );
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))",
    );
    expect(violations).toEqual([]);
    expect(await page.title()).not.toBe("owned");
    expect(said).toEqual([]);
    await page.close();
  });

  test("every chart is drawn, and one of its two sizes is seen", async () => {
    for (const width of [390, 1400]) {
      const page = await open("one.html", { width });
      const figures = page.locator("figure:visible");
      const count = await figures.count();
      expect(count).toBe(7); // three directions, two scatters, the roofline, the stages
      for (let index = 0; index < count; index++) {
        const charts = figures.nth(index).locator("svg:visible");
        expect(await charts.count()).toBe(1);
        expect(await charts.locator("rect, path, circle").count()).toBeGreaterThan(3);
      }
      await page.close();
    }
  });

  test("the slider changes the verdict at the crossover", async () => {
    const page = await open("one.html");
    const row = page.locator("#roofline tr", { has: page.locator("text=/^json$/") });
    const crossover = Number(await row.locator("td").first().textContent());
    const verdictAt = async (factor: number) => {
      const place = Math.log10(crossover * factor * 1e6) * 100;
      await page.locator("input[type=range]").evaluate((input, value) => {
        Object.assign(input, { value: String(value) });
        input.dispatchEvent(new Event("input"));
      }, place);
      return row.locator("td").last().textContent();
    };
    expect(await verdictAt(0.8)).toBe("IO-bound");
    expect(await verdictAt(1)).toBe("balanced");
    expect(await verdictAt(1.25)).toBe("CPU-bound");
    const output = await page.locator(".disk output").textContent();
    expect(Number.parseFloat(output ?? "") / crossover).toBeCloseTo(1.25, 1);
    // By keyboard, too.
    await page.locator("input[type=range]").focus();
    for (let press = 0; press < 25; press++) await page.keyboard.press("ArrowLeft");
    expect(await row.locator("td").last().textContent()).toBe("IO-bound");
    await page.close();
  });

  test("tables are sorted by their heads", async () => {
    const page = await open("one.html");
    const table = page.locator("#roofline table");
    const column = async () =>
      (await table.locator("tbody tr td:nth-child(2)").allTextContents()).map(Number);
    await table.getByRole("button", { name: "crossover MB/s" }).click();
    expect(await column()).toEqual((await column()).toSorted((a, b) => b - a));
    await table.getByRole("button", { name: "crossover MB/s" }).click();
    expect(await column()).toEqual((await column()).toSorted((a, b) => a - b));
    await page.close();
  });

  test("codecs can be left out, and units changed", async () => {
    const page = await open("one.html");
    const rows = page.locator("#roofline tbody tr:visible");
    const before = await rows.count();
    await page.getByLabel("protobuf", { exact: true }).uncheck();
    expect(await rows.count()).toBe(before - 2);
    await page.getByRole("radio", { name: "MB/s" }).check();
    expect(await page.locator("#rates figure:visible").first().textContent()).toContain(
      "MB/s of the same facts as JSON",
    );
    await page.close();
  });

  test("without a script all can be read, and units changed", async () => {
    const page = await open("one.html", { script: false });
    expect(await page.locator(".disk").isVisible()).toBe(false);
    expect(await page.locator("#roofline tbody tr").count()).toBeGreaterThan(5);
    await page.getByRole("radio", { name: "CPU-seconds" }).check();
    expect(await page.locator("#rates figure:visible").first().textContent()).toContain(
      "smaller is better",
    );
    await page.close();
  });

  test("a chart by itself is an image, whatever the names in it", async () => {
    for (const draw of chartsOf(evil).values()) {
      writeFileSync(join(folder, "chart.svg"), draw());
      writeFileSync(join(folder, "image.html"), `<img src="chart.svg">`);
      const page = await open("image.html");
      expect(await page.evaluate("document.images[0].naturalWidth")).toBe(860);
      await page.close();
    }
    expect(said).toEqual([]);
  });
});
