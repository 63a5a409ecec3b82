// Taking the part of a simulated person of the demonstration.

import assert from 'node:assert/strict';

/** Gives back the cookie of a new session. */
export async function login(base, name) {
  const response = await fetch(`${base}/dang-nhap/vao-vai`, {
    method: 'POST', redirect: 'manual', headers: { origin: base }, body: new URLSearchParams({ login: name }),
  });
  assert.equal(response.status, 303, `${name} can't log in`);
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('cchc-phien='));
  return cookie.split(';')[0];
}
