// Debian's Chromium, with a profile of its own that goes with it.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Every page is looked at on a desk and on a phone, in light and in dark. */
export const WIDTHS = [1280, 390];
export const SCHEMES = ['light', 'dark'];
export const MODES = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme })));

/** How many pages are looked at side by side: the browser draws one while the other is asked. */
export const AT_ONCE = 2;

/** Whether there is one on this machine. */
export const hasBrowser = () => PLACES.some((place) => existsSync(place));

/** Starts the browser; the caller closes it. */
export function openBrowser() {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error('no Chromium here: cargo xtask test --only install');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/**
 * Opens an address as `{ page, troubles, close }`. `troubles` collects what went wrong while it loaded:
 * errors on the console, failed or refused requests, requests to another host.
 */
export async function visit(browser, address, { width = 1280, scheme = 'light', script = true, cookie } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 }, colorScheme: scheme, javaScriptEnabled: script, locale: 'vi-VN',
  });
  if (cookie) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url: new URL(address).origin, httpOnly: true, sameSite: 'Lax' }]);
  }
  const page = await context.newPage();
  const troubles = [];
  const host = new URL(address).host;
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => troubles.push(`request failed: ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && troubles.push(`${response.status()}: ${response.url()}`));
  page.on('request', (request) => {
    const { protocol, host: other } = new URL(request.url());
    if (protocol.startsWith('http') && other !== host) troubles.push(`asks another host: ${request.url()}`);
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, troubles, close: () => context.close() };
}
