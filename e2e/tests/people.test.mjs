// The pages of those who are logged in: each role of the demonstration follows its own links; what the public
// sees is looked at elsewhere, and a kind of page that several roles see is looked at once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AT_ONCE, openBrowser, visit } from '../lib/browser.mjs';
import { login } from '../lib/login.mjs';
import { look, open } from '../lib/look.mjs';
import { crawl, firsts, route } from '../lib/site.mjs';

const base = (process.env.CCHC_URL ?? '').replace(/\/$/, '');
if (!base) throw new Error('CCHC_URL is not set: cargo xtask test --only e2e');

const LOGINS = ['quan-tri', 'dieu-phoi', 'dau-moi.so-cong-thuong', 'chu-tich.vinh-yen', 'tham-dinh', 'hoi-dong', 'lanh-dao'];

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const [seen, ...sites] = await Promise.all([
  crawl(base, { perRoute: 2 }).then(({ pages }) => new Set(pages.map(({ path }) => route(path)))),
  ...LOGINS.map(async (who) => {
    const cookie = await login(base, who);
    return { who, cookie, ...await crawl(base, { perRoute: 3, cookie }) };
  }),
]);

for (const { who, broken } of sites) {
  test(`every link that ${who} sees leads somewhere`, () => assert.deepEqual(broken, []));
}

describe('pages and files', { concurrency: AT_ONCE }, () => {
  for (const { who, cookie, pages, files } of sites) {
    const own = pages.filter(({ path }) => !seen.has(route(path)));
    for (const { path } of firsts(own)) look(path, () => browser, base, { cookie, who });
    for (const file of firsts(files.filter(({ path }) => !seen.has(route(path))))) {
      open(file, () => browser, base, { cookie });
    }
    for (const { path } of [...own, ...files]) seen.add(route(path));
  }
});

test('the page of a leader prints on one sheet', async () => {
  const { page, close } = await visit(browser, `${base}/mot-trang`, { cookie: await login(base, 'lanh-dao') });
  const bytes = await page.pdf({ preferCSSPageSize: true });
  assert.equal(bytes.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1);
  await close();
});

test('whoever is logged out sees what the public sees', async () => {
  const cookie = await login(base, 'quan-tri');
  await fetch(`${base}/dang-xuat`, { method: 'POST', redirect: 'manual', headers: { origin: base, cookie } });
  const response = await fetch(`${base}/tai-khoan`, { headers: { cookie }, redirect: 'manual' });
  assert.equal(response.status, 401);
});
