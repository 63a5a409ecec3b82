// What must hold on every page. Each check returns a list of complaints: empty is good.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TAB_STOPS = 12;

/** The rules of axe that depend on colours: what may differ between light and dark. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Violations of WCAG 2.2 AA, with the first places. */
export function accessibility(page) {
  return violations(page, { runOnly: { type: 'tag', values: WCAG_2_2_AA }, rules: { 'target-size': { enabled: true } } });
}

/** The same, of the rules about colours alone. */
export function colours(page) {
  return violations(page, { runOnly: { type: 'rule', values: COLOURS } });
}

async function violations(page, options) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE);
  return page.evaluate(async (wanted) => {
    const result = await globalThis.axe.run(document, { ...wanted, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => node.target.join(' '));
      return `${id}: ${help} (${nodes.length} times: ${places.join('; ')})`;
    });
  }, options);
}

/** The page scrolls up and down only; what is wide scrolls in its own box. */
export function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== 'visible') return false;
      }
      return element.getBoundingClientRect().right > innerWidth + 1;
    });
    const names = wide.slice(-3).map((element) => `${element.localName}.${element.getAttribute('class') ?? ''}`);
    return [`scrolls sideways: ${scrollWidth} px in a window of ${innerWidth} (${names.join(', ')})`];
  });
}

/** One language, one title, one main heading, composed letters, charts with names, fragments that exist. */
export function structure(page) {
  return page.evaluate(() => {
    const complaints = [];
    if (!/^(vi|en)\b/.test(document.documentElement.lang)) complaints.push('html has no lang="vi"');
    if (!document.title.trim()) complaints.push('no title');
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) complaints.push(`${headings} h1, one is wanted`);
    if (!document.querySelector('main')) complaints.push('no main');
    const text = document.body.innerText;
    if (text.normalize('NFC') !== text) complaints.push('text is not NFC');
    for (const broken of ['NaN', 'undefined', '[object', '\ufffd', '{{', '{%']) {
      if (text.includes(broken)) complaints.push(`the text says "${broken}"`);
    }
    for (const chart of document.querySelectorAll('svg')) {
      const named = chart.querySelector('title') || chart.getAttribute('aria-label') || chart.getAttribute('aria-labelledby');
      if (!named && !chart.closest('[aria-hidden="true"]')) complaints.push('a chart has neither title nor aria-hidden');
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice) complaints.push(`id="${twice}" stands twice`);
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const id = decodeURIComponent(link.hash.slice(1));
      if (id && !document.getElementById(id)) complaints.push(`the link to #${id} leads nowhere`);
    }
    return complaints;
  });
}

/** The Tab key reaches a skip link first, and shows where it stands at each stop. */
export async function keyboard(page) {
  const complaints = [];
  for (let stop = 0; stop < TAB_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const name = `${element.localName} "${element.textContent.trim().slice(0, 30)}"`;
      const shown = (outlineStyle !== 'none' || boxShadow !== 'none') && width > 0 && height > 0;
      return { name, shown, skips: element.matches('a[href^="#"]') };
    });
    if (!at) break;
    if (stop === 0 && !at.skips) complaints.push(`the first stop of Tab is ${at.name}, not a skip link`);
    if (!at.shown) complaints.push(`the focus can't be seen on ${at.name}`);
  }
  await page.evaluate(() => document.activeElement?.blur());
  return complaints;
}

/** Opens every fold, so that what is in it is looked at too. */
export function openFolds(page) {
  return page.evaluate(() => {
    globalThis.opened = [...document.querySelectorAll('details:not([open])')];
    globalThis.opened.forEach((fold) => { fold.open = true; });
  });
}

/** Closes what was opened, so that the page is again as it was loaded. */
export function closeFolds(page) {
  return page.evaluate(() => globalThis.opened.forEach((fold) => { fold.open = false; }));
}

/** Links, headings and forms of a page, to compare it with scripts and without. */
export function contents(page) {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll('a[href]')].map((link) => `link ${link.getAttribute('href')}`);
    const headings = [...document.querySelectorAll('h1, h2, h3')].map((title) => `heading ${title.textContent.trim()}`);
    const dumb = [...document.forms].filter((form) => !form.querySelector('button:not([type=button]), input[type=submit]'));
    return { parts: [...new Set([...links, ...headings])], formsWithoutButton: dumb.length };
  });
}
