import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { decode, encodeWithPalette } from '../lib/png.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

async function draw(html) {
  const page = await browser.newPage({ viewport: { width: 200, height: 100 } });
  await page.setContent(html);
  const png = await page.screenshot();
  return { page, png };
}

/** Pixels as the browser itself reads a PNG. */
function pixels(page, png) {
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return [...pen.getImageData(0, 0, image.width, image.height).data].filter((_, index) => index % 4 !== 3);
  }, png.toString('base64'));
}

test('few colours come through unchanged', async () => {
  const { page, png } = await draw('<body style="background:#fdfaf5"><p style="color:#b3261e">Cải cách hành chính</p>');
  const picture = decode(png);
  const small = encodeWithPalette(picture);
  const shown = await pixels(page, small);
  assert.deepEqual(shown, [...picture.rgb]);
  assert.ok(small.length < png.length);
});

test('many colours become 256, each close to what it was', async () => {
  const { page, png } = await draw('<body style="background:linear-gradient(#0000,#00f8),linear-gradient(90deg,#fff,#f40)">');
  const picture = decode(png);
  const shown = await pixels(page, encodeWithPalette(picture));
  const colours = new Set();
  const before = new Set();
  let farthest = 0;
  for (let at = 0; at < shown.length; at += 3) {
    colours.add(shown.slice(at, at + 3).join());
    before.add(picture.rgb.readUIntBE(at, 3));
    for (let part = at; part < at + 3; part += 1) farthest = Math.max(farthest, Math.abs(shown[part] - picture.rgb[part]));
  }
  assert.ok(before.size > 1000, `only ${before.size} colours to begin with`);
  assert.ok(colours.size <= 256, `${colours.size} colours`);
  assert.ok(farthest < 32, `a colour is off by ${farthest}`);
});
