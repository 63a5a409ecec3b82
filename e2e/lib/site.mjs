// The site as a visitor finds it: from the first page along every internal link, a few pages of each kind.

/** Addresses that are asked for side by side. */
const AT_ONCE = 4;

const OFFICE = /\.(docx|xlsx)$/;

/** After these comes a name that somebody gave, though it may be of letters alone; after the others, a page. */
const NAMED = new Set(['ban-nhap', 'dot-cham', 'phieu', 'draft', 'nguoi-dung', 'person', 'rule', 'units', 'departments', 'days-off', 'series', 'series-figures', 'criteria-set', 'tieu-chi']);
const PAGES = new Set(['them', 'nhap', 'cap', 'moi']);

/**
 * The kind of a page: its address with `*` for each part that is a code, an id or a value.
 * `/cong-bo/vp-2021/don-vi/VP.SNV?ky=2021` gives `/cong-bo/* /don-vi/*?ky` (without the blank).
 */
export function route(address) {
  const { pathname, searchParams } = new URL(address, 'http://site');
  const parts = decodeURIComponent(pathname).split('/').map((part, at, all) => {
    const [, name, end] = /^(.*?)(\.(?:docx|xlsx|csv|json|zip|svg|pdf))?$/.exec(part);
    const given = NAMED.has(all[at - 1]) && !PAGES.has(name);
    return (/^[a-z-]*$/.test(name) && !given ? name : '*') + (end ?? '');
  });
  const keys = [...new Set(searchParams.keys())].sort();
  return parts.join('/') + (keys.length ? `?${keys.join('&')}` : '');
}

/** Internal addresses that a page links to, without fragments. */
export function linksOf(html, address) {
  const found = new Set();
  for (const [, quoted, single] of html.matchAll(/<a\b[^>]*?\shref=(?:"([^"]*)"|'([^']*)')/gi)) {
    const target = (quoted ?? single).replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&#x26;', '&');
    if (!isAddress(target, address)) continue;
    const url = new URL(target, address);
    if (url.origin === new URL(address).origin) found.add(url.pathname + url.search);
  }
  return [...found];
}

function isAddress(target, base) {
  try {
    return Boolean(new URL(target, base));
  } catch {
    return false;
  }
}

/**
 * Follows links breadth first (with a `cookie` as who is logged in by it), at most `perRoute` addresses of a kind and `total` in all.
 * Returns `pages` (`{ path, from, html }`), `files` (office files: `{ path, from }`),
 * `broken` (`{ path, from, status }`), `fetched`, and `left` (known addresses beyond the limits).
 */
export async function crawl(base, { perRoute = 12, total = 500, cookie } = {}) {
  const site = { pages: [], files: [], broken: [], fetched: 0, left: 0 };
  const known = new Set(['/']);
  const perKind = new Map();
  const waiting = [{ path: '/', from: '' }];
  while (waiting.length > 0) {
    const now = [];
    while (waiting.length > 0 && now.length < AT_ONCE) {
      const { path, from } = waiting.shift();
      const count = (perKind.get(route(path)) ?? 0) + 1;
      if (count > perRoute || site.fetched >= total) {
        site.left += 1;
        continue;
      }
      perKind.set(route(path), count);
      site.fetched += 1;
      now.push({ path, from, answer: read(base + path, cookie) });
    }
    // In the order of the links, whichever answer comes first.
    for (const { path, from, answer } of now) {
      const { status, location, type, body } = await answer;
      const follow = (target) => {
        if (!known.has(target)) waiting.push({ path: target, from: path });
        known.add(target);
      };
      if (status >= 400) {
        site.broken.push({ path, from, status });
      } else if (status >= 300) {
        linksOf(`<a href="${location}">`, base + path).forEach(follow);
      } else if (OFFICE.test(new URL(path, base).pathname)) {
        site.files.push({ path, from });
      } else if (type.startsWith('text/html')) {
        site.pages.push({ path, from, html: body });
        linksOf(body, base + path).forEach(follow);
      }
    }
  }
  return site;
}

async function read(address, cookie) {
  const response = await fetch(address, { redirect: 'manual', headers: cookie ? { cookie } : {} });
  const { status, headers } = response;
  const type = headers.get('content-type') ?? '';
  return { status, location: headers.get('location'), type, body: await response.text() };
}

/** Of each kind all pages where they are few, else the first and the last met. */
export function samples(pages, few = 2) {
  const kinds = new Map();
  for (const page of pages) kinds.set(route(page.path), [...(kinds.get(route(page.path)) ?? []), page]);
  return [...kinds.values()].flatMap((all) => (all.length <= few ? all : [all[0], all.at(-1)]));
}

/** The first page met of each kind. */
export function firsts(pages) {
  const kinds = new Map();
  for (const page of pages) if (!kinds.has(route(page.path))) kinds.set(route(page.path), page);
  return [...kinds.values()];
}
