// What is looked at on every page, and in every office file that a page links to.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { SCHEMES, WIDTHS, visit } from './browser.mjs';
import { accessibility, closeFolds, colours, contents, keyboard, openFolds, sideways, structure } from './checks.mjs';
import { inFolder, isA4, plain, readDocx, readPdf, readXlsx } from './office.mjs';

/**
 * Tests of one page, as the public sees it or, with a `cookie`, as `who` does: loaded once at each width, where
 * light and dark are shown one after the other, and once without scripts.
 */
export function look(path, browser, base, { cookie, who = '' } = {}) {
  it(who ? `${path} for ${who}` : path, async (t) => {
    let withScripts;
    for (const width of WIDTHS) {
      const { page, troubles, close } = await visit(browser(), base + path, { width, cookie });
      try {
        if (width === WIDTHS[0]) {
          withScripts = await contents(page);
          await t.test('prints on A4', () => prints(page));
        }
        for (const scheme of SCHEMES) {
          await t.test(`at ${width} px, ${scheme}`, () => shows(page, scheme, troubles));
        }
      } finally {
        await close();
      }
    }
    await t.test('says the same without scripts', async () => {
      const { page, close } = await visit(browser(), base + path, { script: false, cookie });
      const without = await contents(page);
      await close();
      assert.deepEqual(withScripts.parts.filter((part) => !without.parts.includes(part)), []);
      assert.equal(without.formsWithoutButton, 0, 'a form can be sent by a script only');
    });
  });
}

/** What must hold in one scheme of colours. What has nothing to do with colours is asked of axe once, in light. */
async function shows(page, scheme, troubles) {
  await page.emulateMedia({ colorScheme: scheme });
  const complaints = [...await sideways(page), ...await structure(page)];
  if (scheme === 'light') complaints.push(...await keyboard(page));
  await openFolds(page);
  complaints.push(...await sideways(page), ...await (scheme === 'light' ? accessibility(page) : colours(page)));
  await closeFolds(page);
  assert.deepEqual([...complaints, ...troubles.splice(0)], []);
}

async function prints(page) {
  await inFolder(async (folder) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const title = await page.locator('h1').first().textContent();
    const file = join(folder, 'page.pdf');
    await writeFile(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
    const { pages, sizes, text } = await readPdf(file);
    assert.ok(pages > 0 && sizes.length === pages, `${pages} pages`);
    assert.deepEqual(sizes.filter((size) => !isA4(size)), [], 'not A4');
    assert.ok(plain(text).includes(plain(title)), `the print does not say "${plain(title)}"`);
  });
}

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The test of one office file. */
export function open(file, browser, base, { cookie } = {}) {
  const kind = file.path.split('?')[0].split('.').at(-1);
  if (kind === 'docx') {
    it(`${file.path} opens in Writer, on A4, under its title`, async () => {
      const { pages, sizes, text } = await readDocx(await download(base + file.path, TYPES.docx, cookie));
      assert.ok(pages > 0);
      assert.deepEqual(sizes.filter((size) => !isA4(size)), [], 'not A4');
      const title = await titleOf(file, browser(), base, cookie);
      assert.ok(plain(text).includes(title), `"${title}" is not in:\n${text.slice(0, 600)}`);
    });
    return;
  }
  it(`${file.path} opens in Calc, with rows and without errors`, async () => {
    const sheets = await readXlsx(await download(base + file.path, TYPES.xlsx, cookie));
    assert.ok(sheets.length > 0, 'no sheet');
    const rows = ({ csv }) => csv.trim().split('\n').filter((line) => line.replaceAll(',', '') !== '').length;
    // A workbook to be filled in has one sheet with a header alone, and others that say what may stand in it.
    const empty = sheets.filter((sheet) => rows(sheet) < 2).map(({ sheet }) => sheet);
    const toFill = new URL(file.path, base).pathname.endsWith('/mau.xlsx') ? 1 : 0;
    assert.ok(empty.length <= toFill, `sheets without rows: ${empty.join(', ')}`);
    for (const { sheet, csv } of sheets) {
      assert.ok(csv.trim() !== '', `the sheet ${sheet} is empty`);
      assert.doesNotMatch(csv, /#(REF|NAME|VALUE|DIV\/0|N\/A)|Err:\d/, `the sheet ${sheet} holds an error`);
    }
  });
}

async function download(address, type, cookie) {
  const response = await fetch(address, { headers: cookie ? { cookie } : {} });
  assert.equal(response.headers.get('content-type')?.split(';')[0], type);
  return Buffer.from(await response.arrayBuffer());
}

/** What a file must say: the link's `data-title`, else the heading of the page that links to it. */
async function titleOf({ path, from }, browser, base, cookie) {
  const { page, close } = await visit(browser, base + from, { cookie });
  const title = await page.evaluate((target) => {
    const link = [...document.links].find((candidate) => candidate.href.endsWith(target));
    return link?.dataset.title ?? document.querySelector('h1').textContent;
  }, path);
  await close();
  return plain(title);
}
