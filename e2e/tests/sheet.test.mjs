// The sheet while it is typed in: saved by itself, kept through a lost connection and a closed page, two officers
// at one line, the keyboard, a column from Excel.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { login } from '../lib/login.mjs';

const base = (process.env.CCHC_URL ?? '').replace(/\/$/, '');
if (!base) throw new Error('CCHC_URL is not set: cargo xtask test --only e2e');

/** A department in the middle of its self-scoring, with lines that are still empty. */
const WHO = 'dau-moi.so-cong-thuong';
const SHEET = `${base}/dot-cham/vp-2022/phieu/VP.SCT`;

let browser;
let cookie;
before(async () => {
  browser = await openBrowser();
  cookie = await login(base, WHO);
});
after(() => browser.close());

/** A device of its own with the sheet open; every fold is open. */
async function device(context, address = SHEET) {
  const own = context ?? await browser.newContext({ locale: 'vi-VN', viewport: { width: 1280, height: 900 } });
  const [name, value] = cookie.split('=');
  await own.addCookies([{ name, value, url: base, httpOnly: true, sameSite: 'Lax' }]);
  const page = await own.newPage();
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${address}?in=1`, { waitUntil: 'load' });
  return { own, page, troubles };
}

/** Lines with one number, or a number of a number, and nothing in them. */
async function empties(page, pair = false) {
  return page.$$eval('[data-line]', (sections, wanted) => sections
    .filter((one) => {
      const fields = [...one.querySelectorAll('input[name^="v-"]')];
      return fields.length === 1 && fields[0].type !== 'radio' && fields[0].inputMode === 'decimal' === wanted && fields[0].value === '';
    })
    .map((one) => one.dataset.line), pair);
}

const value = (code) => `[name="v-${code}"]`;
const state = (page, code) => page.locator(`[data-line="${code}"] [data-state]`);

/** What the server has of a line, as a page without scripts shows it. */
async function stored(code) {
  const html = await (await fetch(SHEET, { headers: { cookie } })).text();
  return new RegExp(`name="v-${code.replaceAll('.', '\\.')}" value="([^"]*)"`).exec(html)?.[1];
}

test('what is typed is saved by itself and shows its points', async () => {
  const { own, page, troubles } = await device();
  const [code] = await empties(page, true);
  await page.fill(value(code), '40');
  await page.fill(`[name="m-${code}"]`, '50');
  await state(page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  assert.match(await page.locator(`[data-line="${code}"] [data-points]`).textContent(), /^\d+,\d+$/);
  assert.match(await page.locator('[data-saved]').textContent(), /Đã lưu mọi thay đổi lúc \d\d:\d\d/);
  assert.equal(await stored(code), '40');
  assert.deepEqual(troubles, []);
  await own.close();
});

test('a lost connection and a closed page lose nothing', async () => {
  const { own, page, troubles } = await device();
  const [code] = await empties(page, true);
  await own.setOffline(true);
  await page.fill(value(code), '12');
  await page.fill(`[name="m-${code}"]`, '15');
  await state(page, code).filter({ hasText: 'Mất kết nối' }).waitFor();
  assert.equal(await stored(code), '');
  await page.close();
  await own.setOffline(false);
  const again = await device(own);
  await state(again.page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  assert.equal(await again.page.inputValue(value(code)), '12');
  assert.equal(await stored(code), '12');
  assert.deepEqual([...troubles, ...again.troubles], []);
  await own.close();
});

test('two officers at one line are asked which value stays', async () => {
  const [one, two] = [await device(), await device()];
  const [code] = await empties(one.page, true);
  const type = async ({ page }, number) => {
    await page.fill(`[name="m-${code}"]`, '20');
    await page.fill(value(code), number);
    await page.locator(value(code)).blur();
  };
  await type(one, '7');
  await state(one.page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  await type(two, '9');
  const choice = two.page.locator(`[data-line="${code}"] .choose`);
  await choice.waitFor();
  assert.match(await choice.textContent(), /«7/);
  assert.equal(await stored(code), '7', 'nothing is overwritten unasked');
  await choice.getByText('Giữ của tôi').click();
  await state(two.page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  assert.equal(await stored(code), '9');
  await Promise.all([one.own.close(), two.own.close()]);
});

test('what a rule cannot read is said at the line and stays as typed', async () => {
  const { own, page } = await device();
  const [code] = await empties(page, true);
  await page.fill(`[name="m-${code}"]`, '10');
  await page.fill(value(code), 'gần hết');
  await page.locator(`[data-line="${code}"] [data-wrong]`).filter({ hasText: 'gần hết' }).waitFor();
  assert.equal(await page.inputValue(value(code)), 'gần hết');
  assert.equal(await stored(code), '');
  await page.fill(value(code), '8');
  await state(page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  await own.close();
});

test('a column from Excel fills line after line, and Enter goes on', async () => {
  const { own, page } = await device();
  const lines = await page.$$eval('[data-line]', (all) => all.map((one) => one.dataset.line));
  const pairs = await empties(page, true);
  const [code] = pairs;
  await page.focus(value(code));
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '30\t60');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await state(page, code).filter({ hasText: /Đã lưu|Thiếu tài liệu/ }).waitFor();
  assert.equal(await stored(code), '30');
  await page.focus(`[name="m-${code}"]`);
  await page.keyboard.press('Enter');
  const here = await page.evaluate(() => document.activeElement.closest('[data-line]')?.dataset.line);
  assert.equal(here, lines[lines.indexOf(code) + 1]);
  await own.close();
});

test('a file dropped on a line becomes its evidence, and what is no document is refused at the line', async () => {
  const { own, page } = await device();
  const [code] = await page.$$eval('[data-line]', (all) => all.map((one) => one.dataset.line));
  const drop = (file, text) => page.evaluate(([where, name, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], name));
    const line = document.querySelector(`[data-line="${where}"]`);
    line.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [code, file, text]);
  await drop('ke-hoach.pdf', '%PDF-1.4\n%%EOF\n');
  const chip = page.locator(`[data-line="${code}"] a.chip`, { hasText: 'ke-hoach.pdf' });
  await chip.waitFor();
  const opened = await fetch(new URL(await chip.getAttribute('href'), base), { headers: { cookie } });
  assert.equal(opened.headers.get('content-type'), 'application/pdf');
  await drop('lua.pdf', '<script>alert(1)</script>');
  await page.locator(`[data-line="${code}"] [data-wrong]`).filter({ hasText: 'không phải PDF' }).waitFor();
  await own.close();
});
