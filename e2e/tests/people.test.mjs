// The pages of those who are logged in: each role of the demonstration follows its own links; what the public
// sees is looked at elsewhere, and a kind of page that several roles see is looked at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { look, open } from '../lib/look.mjs';
import { crawl, firsts, route } from '../lib/site.mjs';

const base = (process.env.CCHC_URL ?? '').replace(/\/$/, '');
if (!base) throw new Error('CCHC_URL is not set: cargo xtask test --only e2e');

const LOGINS = ['quan-tri', 'dieu-phoi', 'tham-dinh', 'hoi-dong', 'lanh-dao'];

/** Takes the part of a simulated person; gives back the cookie of the session. */
async function login(name) {
  const response = await fetch(`${base}/dang-nhap/vao-vai`, {
    method: 'POST', redirect: 'manual', headers: { origin: base }, body: new URLSearchParams({ login: name }),
  });
  assert.equal(response.status, 303, `${name} can't log in`);
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('cchc-phien='));
  return cookie.split(';')[0];
}

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const seen = new Set((await crawl(base, { perRoute: 2 })).pages.map(({ path }) => route(path)));
for (const who of LOGINS) {
  const cookie = await login(who);
  const site = await crawl(base, { perRoute: 3, cookie });
  test(`every link that ${who} sees leads somewhere`, () => assert.deepEqual(site.broken, []));
  const own = site.pages.filter(({ path }) => !seen.has(route(path)));
  for (const { path } of firsts(own)) look(path, () => browser, base, { cookie, who });
  for (const file of firsts(site.files.filter(({ path }) => !seen.has(route(path))))) {
    open(file, () => browser, base, { cookie });
  }
  for (const { path } of [...own, ...site.files]) seen.add(route(path));
}

test('whoever is logged out sees what the public sees', async () => {
  const cookie = await login('quan-tri');
  await fetch(`${base}/dang-xuat`, { method: 'POST', redirect: 'manual', headers: { origin: base, cookie } });
  const response = await fetch(`${base}/tai-khoan`, { headers: { cookie }, redirect: 'manual' });
  assert.equal(response.status, 401);
});
