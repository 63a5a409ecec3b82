// Every page of the running server at CCHC_URL, found by its links: new pages are looked at without a change here.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AT_ONCE, openBrowser } from '../lib/browser.mjs';
import { look, open } from '../lib/look.mjs';
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

describe('pages', { concurrency: AT_ONCE }, () => {
  for (const { path } of chosen) look(path, () => browser, base);
});

const ofKind = (end) => files.filter(({ path }) => path.split('?')[0].endsWith(end));

test('there are DOCX and XLSX files to take away', () => {
  assert.ok(ofKind('.docx').length > 0, 'no page links to a .docx');
  assert.ok(ofKind('.xlsx').length > 0, 'no page links to an .xlsx');
});

describe('files', { concurrency: AT_ONCE }, () => {
  for (const file of files) open(file, () => browser, base);
});
