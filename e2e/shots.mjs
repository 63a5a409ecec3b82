// The README's screenshots: `cargo xtask shots` runs `node shots.mjs FOLDER` against the demonstration at CCHC_URL.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser, visit } from './lib/browser.mjs';
import { decode, encodeWithPalette } from './lib/png.mjs';
import { crawl, route } from './lib/site.mjs';

/** Name of the picture; its page, where `*` takes the first page of that kind; window and colours. */
const SHOTS = [
  { name: 'ranking', page: '/cong-bo/vinh-phuc-2021-huyen' },
  { name: 'unit', page: '/cong-bo/vinh-phuc-2021-huyen/don-vi/246' },
  { name: 'heat', page: '/cong-bo/vinh-phuc-2021-huyen/linh-vuc' },
  { name: 'units', page: '/don-vi/08734' },
];
const LARGEST = 150 * 1024;

const base = (process.env.CCHC_URL ?? '').replace(/\/$/, '');
const folder = process.argv[2];
if (!base || !folder) throw new Error('usage: CCHC_URL=http://… node shots.mjs FOLDER');

await mkdir(folder, { recursive: true });
const { pages } = await crawl(base);
const browser = await openBrowser();
const missed = [];
for (const { name, page: wanted, width = 1280, scheme = 'light' } of SHOTS) {
  // A page without `*` is taken as it is; the crawl stops after a few pages of a kind.
  const found = wanted.includes('*') ? pages.find(({ path }) => route(path) === wanted) : { path: wanted };
  if (!found) {
    missed.push(`${name}: no page ${wanted}`);
    continue;
  }
  const { page, close } = await visit(browser, base + found.path, { width, scheme });
  const taken = await page.screenshot({ animations: 'disabled' });
  await close();
  const small = encodeWithPalette(decode(taken));
  if (small.length > LARGEST) missed.push(`${name}: ${Math.round(small.length / 1024)} KB, more than 150`);
  await writeFile(join(folder, `${name}.png`), small);
  console.log(`${name}.png  ${Math.round(small.length / 1024)} KB  ${found.path}`);
}
await browser.close();
if (missed.length > 0) {
  console.error(missed.join('\n'));
  process.exitCode = 1;
}
