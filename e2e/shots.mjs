// The README's screenshots: `cargo xtask shots` runs `node shots.mjs FOLDER` against the demonstration at CCHC_URL.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser, visit } from './lib/browser.mjs';
import { login } from './lib/login.mjs';
import { decode, encodeWithPalette } from './lib/png.mjs';

/** Name of the picture; its page; whose part is taken; window and colours. */
const SHOTS = [
  { name: 'leader', page: '/mot-trang', as: 'lanh-dao' },
  { name: 'board', page: '/dot-cham/vp-2022-246', as: 'dieu-phoi' },
  { name: 'sheet', page: '/dot-cham/vp-2022/phieu/VP.SCT', as: 'dau-moi.so-cong-thuong' },
  { name: 'grid', page: '/dot-cham/vp-2022-243/tieu-chi/1.1.1', as: 'phong-noi-vu.vinh-yen' },
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
const browser = await openBrowser();
const missed = [];
for (const { name, page: wanted, as, width = 1280, scheme = 'light' } of SHOTS) {
  const cookie = as && await login(base, as);
  const { page, close } = await visit(browser, base + wanted, { width, scheme, cookie });
  const taken = await page.screenshot({ animations: 'disabled' });
  await close();
  const small = encodeWithPalette(decode(taken));
  if (small.length > LARGEST) missed.push(`${name}: ${Math.round(small.length / 1024)} KB, more than 150`);
  await writeFile(join(folder, `${name}.png`), small);
  console.log(`${name}.png  ${Math.round(small.length / 1024)} KB  ${wanted}`);
}
await browser.close();
if (missed.length > 0) {
  console.error(missed.join('\n'));
  process.exitCode = 1;
}
