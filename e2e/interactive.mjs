// How long a page takes on a slow machine until it answers: `node interactive.mjs ADDRESS COOKIE TIMES`.
// Prints median and 95th percentile in milliseconds, `none` where there is no Chromium. For `cargo xtask bench`.

import { hasBrowser, openBrowser } from './lib/browser.mjs';

const LOADS = 11;
const [, , address, cookie, times] = process.argv;

if (!hasBrowser()) {
  console.log('none');
  process.exit(0);
}
const browser = await openBrowser();
const [name, value] = cookie.split('=');
const taken = [];
for (let load = 0; load < LOADS; load += 1) {
  // A context of its own: nothing is kept from the load before.
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'vi-VN' });
  await context.addCookies([{ name, value, url: new URL(address).origin, httpOnly: true, sameSite: 'Lax' }]);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: Number(times) });
  const response = await page.goto(address, { waitUntil: 'load' });
  if (response.status() !== 200) throw new Error(`${address}: ${response.status()}`);
  // Loaded, and the page has nothing left to do before it answers: counted from when it was asked for.
  taken.push(await page.evaluate(() => new Promise((done) => {
    requestIdleCallback(() => done(performance.now()));
  })));
  await context.close();
}
await browser.close();
taken.sort((a, b) => a - b);
console.log(taken[Math.floor(taken.length / 2)], taken[Math.floor((taken.length * 95) / 100)]);
