// Every page of the running server at CCHC_URL, found by its links: new pages are looked at without a change here.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MODES, openBrowser, visit } from '../lib/browser.mjs';
import { accessibility, contents, keyboard, openFolds, sideways, structure } from '../lib/checks.mjs';
import { inFolder, isA4, plain, readDocx, readPdf, readXlsx } from '../lib/office.mjs';
import { crawl, samples } from '../lib/site.mjs';

const base = (process.env.CCHC_URL ?? '').replace(/\/$/, '');
if (!base) throw new Error('CCHC_URL is not set: cargo xtask test --only e2e');

const site = await crawl(base);
const chosen = samples(site.pages);
const files = samples(site.files);

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test('the site has pages, and every link leads somewhere', (t) => {
  t.diagnostic(`${site.fetched} addresses read, ${site.left} more of the same kinds known; ${chosen.length} pages chosen`);
  assert.ok(site.pages.length > 1, 'the first page links to no other');
  assert.deepEqual(site.broken, []);
});

for (const { path } of chosen) {
  for (const mode of MODES) {
    test(`${path} at ${mode.width} px, ${mode.scheme}`, async () => {
      const { page, troubles, close } = await visit(browser, base + path, mode);
      try {
        const complaints = [...await sideways(page), ...await structure(page)];
        if (mode.scheme === 'light') complaints.push(...await keyboard(page));
        await openFolds(page);
        complaints.push(...await sideways(page), ...await accessibility(page), ...troubles);
        assert.deepEqual(complaints, []);
      } finally {
        await close();
      }
    });
  }

  test(`${path} says the same without scripts`, async () => {
    const [withScripts, without] = await Promise.all([true, false].map(async (script) => {
      const { page, close } = await visit(browser, base + path, { script });
      const found = await contents(page);
      await close();
      return found;
    }));
    assert.deepEqual(withScripts.parts.filter((part) => !without.parts.includes(part)), []);
    assert.equal(without.formsWithoutButton, 0, 'a form can be sent by a script only');
  });

  test(`${path} prints on A4`, () => inFolder(async (folder) => {
    const { page, close } = await visit(browser, base + path, { scheme: 'dark' });
    const title = await page.locator('h1').first().textContent();
    const file = join(folder, 'page.pdf');
    await writeFile(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
    await close();
    const { pages, sizes, text } = await readPdf(file);
    assert.ok(pages > 0 && sizes.length === pages, `${pages} pages`);
    assert.deepEqual(sizes.filter((size) => !isA4(size)), [], 'not A4');
    assert.ok(plain(text).includes(plain(title)), `the print does not say "${plain(title)}"`);
  }));
}

const ofKind = (end) => files.filter(({ path }) => path.split('?')[0].endsWith(end));

test('there are DOCX and XLSX files to take away', () => {
  assert.ok(ofKind('.docx').length > 0, 'no page links to a .docx');
  assert.ok(ofKind('.xlsx').length > 0, 'no page links to an .xlsx');
});

async function download(path, type) {
  const response = await fetch(base + path);
  assert.equal(response.headers.get('content-type')?.split(';')[0], type);
  return Buffer.from(await response.arrayBuffer());
}

/** What a file must say: the link's `data-title`, else the heading of the page that links to it. */
async function titleOf({ path, from }) {
  const { page, close } = await visit(browser, base + from);
  const title = await page.evaluate((target) => {
    const link = [...document.links].find((candidate) => candidate.href.endsWith(target));
    return link?.dataset.title ?? document.querySelector('h1').textContent;
  }, path);
  await close();
  return plain(title);
}

for (const file of ofKind('.docx')) {
  test(`${file.path} opens in Writer, on A4, under its title`, async () => {
    const bytes = await download(file.path, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
    const { pages, sizes, text } = await readDocx(bytes);
    assert.ok(pages > 0);
    assert.deepEqual(sizes.filter((size) => !isA4(size)), [], 'not A4');
    const title = await titleOf(file);
    assert.ok(plain(text).includes(title), `"${title}" is not in:\n${text.slice(0, 600)}`);
  });
}

for (const file of ofKind('.xlsx')) {
  test(`${file.path} opens in Calc, with rows and without errors`, async () => {
    const bytes = await download(file.path, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const sheets = await readXlsx(bytes);
    assert.ok(sheets.length > 0, 'no sheet');
    for (const { sheet, csv } of sheets) {
      assert.ok(csv.trim().split('\n').length > 1, `the sheet ${sheet} has no rows`);
      assert.doesNotMatch(csv, /#(REF|NAME|VALUE|DIV\/0|N\/A)|Err:\d/, `the sheet ${sheet} holds an error`);
    }
  });
}
