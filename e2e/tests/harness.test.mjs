// The checks themselves: a good page passes them, a page with one fault fails the one that is for it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { MODES, openBrowser, visit } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';
import { crawl, linksOf, route, samples } from '../lib/site.mjs';

const HEAD = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">';
const frame = (body, head = '') => `<!doctype html><html lang="vi"><head><meta charset="utf-8">${HEAD}<title>Thử</title>${head}</head>
  <body><a href="#noi-dung">Bỏ qua</a><main id="noi-dung"><h1>Trang thử</h1>${body}</main></body></html>`;

const PAGES = {
  '/': frame('<p><a href="/don-vi/01">Đơn vị một</a></p><p><a href="/khong-co">Mất</a></p><p><a href="/chuyen">Chuyển</a></p>'),
  '/don-vi/01': frame('<p><a href="/don-vi/02?ky=2021&amp;so=1">Hai</a></p><p><a href="http://example.org/">Ngoài</a></p>'),
  '/don-vi/02': frame('<p>Hết.</p>'),
  '/rong': frame('<div style="width:2000px">Rộng</div>'),
  '/rong-trong-hop': frame('<div style="overflow-x:auto" tabindex="0" role="region" aria-label="Bảng"><div style="width:2000px">Rộng</div></div>'),
  '/anh-khong-ten': frame('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">'),
  '/chu-nhat': frame('<p style="color:#bbb;background:#fff">Chữ quá nhạt để đọc</p>'),
  '/gap': frame('<details><summary>Một</summary>1</details><details open><summary>Hai</summary>2</details>'),
  '/nhat-khi-toi': frame('<style>@media (prefers-color-scheme: dark) { body { background: #000; color: #333 } a { color: #fff } }</style><p>Chữ quá tối để đọc</p>'),
  '/nut-nho': frame('<a href="/" style="font-size:8px">a</a><a href="/" style="font-size:8px">b</a><button style="width:9px;height:9px;padding:0">x</button><button style="width:9px;height:9px;padding:0">y</button>'),
  '/loi-kich-ban': frame('<script>throw new Error("hỏng")</script>'),
  '/mat-tep': frame('', '<link rel="stylesheet" href="/mat.css">'),
  '/may-khac': frame('<img alt="" src="http://127.0.0.2:9/a.png">'),
  '/hai-h1': frame('<h1>Nữa</h1><a href="#dau">Đâu</a><p id="a"></p><p id="a"></p><svg><path/></svg>NaN'),
  '/mat-tieu-diem': frame('<a href="/" style="outline:none">Ẩn</a>'),
  '/chi-kich-ban': frame('<form></form><script>document.querySelector("main").insertAdjacentHTML("beforeend","<h2>Thêm</h2>")</script>'),
};

let browser;
let base;
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://site').pathname;
  if (path === '/chuyen') response.writeHead(303, { location: '/don-vi/02' }).end();
  else if (PAGES[path]) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGES[path]);
  else response.writeHead(404).end();
});

before(async () => {
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections?.();
});

async function on(path, look, mode) {
  const { page, troubles, close } = await visit(browser, base + path, mode);
  try {
    return await look(page, troubles);
  } finally {
    await close();
  }
}

const CHECKS = ['accessibility', 'sideways', 'structure', 'keyboard'];
const complaintsOn = (path, check, mode) => on(path, (page) => checks[check](page), mode);
const troublesOn = (path) => on(path, (_page, troubles) => troubles);

test('a good page passes every check in every mode', async () => {
  for (const mode of MODES) {
    for (const check of CHECKS) assert.deepEqual(await complaintsOn('/don-vi/02', check, mode), [], check);
  }
  assert.deepEqual(await troublesOn('/don-vi/02'), []);
  assert.deepEqual(await complaintsOn('/rong-trong-hop', 'sideways', { width: 390 }), []);
});

const FAULTS = [
  ['/rong', 'sideways', /scrolls sideways: 20\d\d px/],
  ['/anh-khong-ten', 'accessibility', /image-alt/],
  ['/chu-nhat', 'accessibility', /color-contrast/],
  ['/nut-nho', 'accessibility', /target-size/],
  ['/hai-h1', 'structure', /2 h1/],
  ['/hai-h1', 'structure', /#dau leads nowhere/],
  ['/hai-h1', 'structure', /id="a" stands twice/],
  ['/hai-h1', 'structure', /neither title/],
  ['/hai-h1', 'structure', /says "NaN"/],
  ['/mat-tieu-diem', 'keyboard', /can't be seen/],
];
for (const [path, check, wanted] of FAULTS) {
  test(`${check} finds ${wanted} on ${path}`, async () => {
    assert.match((await complaintsOn(path, check)).join('\n'), wanted);
  });
}

test('what can be read in light alone is found once the page shown is dark', async () => {
  await on('/nhat-khi-toi', async (page) => {
    assert.deepEqual(await checks.accessibility(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.match((await checks.colours(page)).join('\n'), /color-contrast/);
    await page.emulateMedia({ colorScheme: 'light' });
    assert.deepEqual(await checks.colours(page), []);
  });
});

test('folds are closed again as they were', async () => {
  await on('/gap', async (page) => {
    const open = () => page.evaluate(() => [...document.querySelectorAll('details')].map((fold) => fold.open));
    await checks.openFolds(page);
    assert.deepEqual(await open(), [true, true]);
    await checks.closeFolds(page);
    assert.deepEqual(await open(), [false, true]);
  });
});

test('what fails while a page loads is collected', async () => {
  assert.match((await troublesOn('/loi-kich-ban')).join('\n'), /script: hỏng/);
  assert.match((await troublesOn('/mat-tep')).join('\n'), /404: .*mat\.css/);
  assert.match((await troublesOn('/may-khac')).join('\n'), /asks another host/);
});

test('a page is compared with itself without scripts', async () => {
  const [withScripts, without] = [await on('/chi-kich-ban', checks.contents), await on('/chi-kich-ban', checks.contents, { script: false })];
  assert.ok(withScripts.parts.includes('heading Thêm') && !without.parts.includes('heading Thêm'));
  assert.equal(without.formsWithoutButton, 1);
});

test('the site is crawled along its links, with what is broken', async () => {
  const site = await crawl(base);
  assert.deepEqual(site.pages.map(({ path }) => path), ['/', '/don-vi/01', '/don-vi/02?ky=2021&so=1', '/don-vi/02']);
  assert.deepEqual(site.broken, [{ path: '/khong-co', from: '/', status: 404 }]);
  assert.equal((await crawl(base, { total: 2 })).left, 3);
});

test('kinds of pages are told apart by their fixed parts', () => {
  assert.equal(route('/cong-bo/vp-2021/don-vi/VP.SNV?ky=2021'), '/cong-bo/*/don-vi/*?ky');
  assert.equal(route('/cong-bo/vp-2021.xlsx'), '/cong-bo/*.xlsx');
  assert.equal(route('/chi-so/bo-tieu-chi'), '/chi-so/bo-tieu-chi');
  assert.equal(route('/nguoi-dung/mo-phong-lanh-dao/bo-nhiem'), '/nguoi-dung/*/bo-nhiem');
  assert.equal(route('/nguoi-dung/them'), '/nguoi-dung/them');
  assert.equal(route('/so-cai/chuoi/rule/days-off/viet-nam'), '/so-cai/chuoi/rule/*/*');
  const pages = [1, 2, 3, 4, 5].map((n) => ({ path: `/don-vi/${n}` })).concat({ path: '/' });
  assert.deepEqual(samples(pages).map(({ path }) => path), ['/don-vi/1', '/don-vi/5', '/']);
});

test('links are read from attributes alone and stay within the site', () => {
  const html = '<a class="x" href="a?b=1&amp;c=2#d">1</a> <a href=\'/e\'>2</a> <a href="mailto:x@y">3</a> <a href="http://[">4</a>';
  assert.deepEqual(linksOf(html, 'http://site/x/'), ['/x/a?b=1&c=2', '/e']);
});
