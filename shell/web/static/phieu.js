// Phiếu chấm điểm: saves a line as it is typed. What is typed is first kept on the device, line by line, so that
// neither a lost connection nor a closed browser loses it; it is dropped from there once the server has it.
// Without this script the sheet is a form with a button.
'use strict';
(() => {
  const form = document.getElementById('phieu');
  if (!form || !window.fetch || !window.URLSearchParams) return;
  const store = keeper();
  const prefix = `cchc.phieu:${form.dataset.person}:${form.getAttribute('action')}:`;
  const saved = form.querySelector('[data-saved]');
  const total = form.querySelector('[data-total]');
  /** How long a pause in typing is, before a line is sent. */
  const PAUSE = 900;
  const lines = new Map();
  let lastSaved = '';

  /** Storage that may be full or forbidden: then what is typed lives as long as the page. */
  function keeper() {
    const memory = new Map();
    let disk = null;
    try {
      disk = window.localStorage;
      disk.setItem('cchc.thu', '1');
      disk.removeItem('cchc.thu');
    } catch { disk = null; }
    return {
      lasting: disk !== null,
      get: (key) => memory.get(key) ?? disk?.getItem(key) ?? null,
      set(key, text) {
        memory.set(key, text);
        try { disk?.setItem(key, text); } catch { this.lasting = false; }
      },
      drop(key) {
        memory.delete(key);
        try { disk?.removeItem(key); } catch { /* it is full, and stays so */ }
      },
    };
  }

  class Line {
    constructor(section) {
      this.section = section;
      this.code = section.dataset.line;
      this.seen = section.dataset.seen;
      this.stood = this.read();
      this.state = section.querySelector('[data-state]');
      this.wrong = section.querySelector('[data-wrong]');
      this.key = prefix + this.code;
      this.timer = 0;
      this.tries = 0;
      this.sending = false;
      this.blocked = '';
      section.addEventListener('input', () => this.typed(PAUSE));
      section.addEventListener('change', () => this.typed(0));
      section.addEventListener('focusout', (event) => { if (!section.contains(event.relatedTarget)) this.typed(0); });
    }

    fields(part) { return [...this.section.querySelectorAll(`[name="${part}-${CSS.escape(this.code)}"]`)]; }

    /** What stands in the fields: values in order, denominator, note. */
    read() {
      const values = this.fields('v');
      const chosen = values.filter((field) => field.type !== 'radio' || field.checked).map((field) => field.value.trim());
      const text = (part) => this.fields(part)[0]?.value ?? null;
      return { v: chosen, m: text('m'), g: text('g') };
    }

    write(content) {
      const values = this.fields('v');
      if (values[0]?.type === 'radio') values.forEach((field) => { field.checked = field.value === (content.v[0] ?? ''); });
      else values.forEach((field, at) => { field.value = content.v[at] ?? ''; });
      for (const part of ['m', 'g']) {
        const field = this.fields(part)[0];
        if (field && content[part] !== null) field.value = content[part];
      }
    }

    /** One of two numbers is there and the other is about to be typed. */
    get half() {
      const { v, m } = this.read();
      return m !== null && (v[0] === '') !== (m.trim() === '') && this.section.contains(document.activeElement);
    }

    get dirty() { return JSON.stringify(this.read()) !== JSON.stringify(this.stood); }

    typed(pause) {
      this.blocked = '';
      if (this.dirty) {
        store.set(this.key, JSON.stringify({ content: this.read(), seen: this.seen, at: Date.now() }));
        this.say('busy', store.lasting ? 'Chưa lưu' : 'Chưa lưu; đừng đóng trang');
      } else {
        store.drop(this.key);
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), pause);
      tell();
    }

    say(look, words) {
      if (!this.state) return;
      this.state.className = `st ${look}`;
      this.state.textContent = words;
    }

    complain(words) {
      this.wrong.textContent = words;
      this.section.classList.toggle('bad', words !== '');
      for (const field of this.fields('v')) {
        if (words && field.type !== 'radio') field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid');
      }
    }

    async send() {
      if (this.sending || this.blocked || !this.dirty || this.half) return;
      this.sending = true;
      const sent = this.read();
      this.say('busy', 'Đang lưu…');
      tell();
      const body = new URLSearchParams();
      // The same content at the same version is the same request, however often it is sent.
      body.set('yeu-cau', await name(`${this.key}|${this.seen}|${JSON.stringify(sent)}`));
      sent.v.forEach((value) => body.append('v', value));
      if (sent.m !== null) body.set('m', sent.m);
      if (sent.g !== null) body.set('g', sent.g);
      body.set('s', this.seen);
      let answer = null;
      let status = 0;
      try {
        const response = await fetch(`${form.getAttribute('action')}/dong/${encodeURIComponent(this.code)}`, {
          method: 'POST', body, headers: { Accept: 'application/json' }, keepalive: true, credentials: 'same-origin',
        });
        status = response.status;
        if ((response.headers.get('content-type') ?? '').includes('json')) answer = await response.json();
      } catch { status = 0; }
      this.sending = false;
      this.done(status, answer, sent);
      // What was typed meanwhile is another matter than what was just answered.
      if (JSON.stringify(this.read()) !== JSON.stringify(sent)) this.typed(PAUSE);
      tell();
    }

    done(status, answer, sent) {
      if (answer?.outcome === 'saved') return this.kept(answer, sent);
      if (answer?.outcome === 'conflict') return this.conflict(answer);
      if (answer?.outcome === 'refused') {
        this.blocked = 'refused';
        this.complain(answer.why);
        return this.say('late', 'Chưa lưu được');
      }
      if (status === 401) {
        this.blocked = 'login';
        return this.say('late', 'Phiên đã hết: mở thẻ khác để đăng nhập rồi bấm Lưu phiếu; những gì đã gõ vẫn còn');
      }
      if (status === 403 || status === 404) {
        this.blocked = 'role';
        return this.say('late', 'Bạn không còn quyền sửa dòng này; những gì đã gõ vẫn giữ trên máy');
      }
      // The connection, or the server, is away: it is tried again, ever more seldom.
      this.tries += 1;
      this.say('busy', status === 0 ? 'Mất kết nối, giữ trên máy' : 'Máy chủ bận, sẽ gửi lại');
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), Math.min(60000, 1000 * 2 ** Math.min(this.tries, 6)));
      return undefined;
    }

    kept(answer, sent) {
      this.tries = 0;
      this.stood = sent;
      this.seen = String(answer.seen);
      this.section.dataset.seen = this.seen;
      const hidden = (part, value) => { const field = this.fields(part)[0]; if (field) field.value = value; };
      hidden('s', this.seen);
      hidden('o', `${answer.value}|${answer.of}`);
      this.complain('');
      this.ask(null);
      const points = this.section.querySelector('[data-points]');
      if (points) points.textContent = answer.points || '–';
      this.say(answer.state[0], answer.state[0] === 'ok' ? `Đã lưu ${answer.at}` : answer.state[1]);
      for (const [code, sum] of answer.folds) {
        const fold = form.querySelector(`[data-fold="${CSS.escape(code)}"]`);
        if (fold) fold.textContent = sum;
      }
      if (total) total.textContent = answer.total;
      lastSaved = answer.at;
      if (!this.dirty) store.drop(this.key);
    }

    /** Another changed the line: both values stay until one is chosen. */
    conflict(answer) {
      this.blocked = 'conflict';
      this.say('late', 'Người khác vừa sửa');
      this.ask({
        theirs: answer.answer || 'để trống',
        mine: () => { this.seen = String(answer.seen); this.blocked = ''; this.ask(null); this.send(); },
        take: () => {
          const parts = this.fields('v').length > 1 && this.fields('v')[0].type !== 'radio' ? answer.value.split(';').map((part) => part.trim()) : [answer.value];
          this.seen = String(answer.seen);
          this.write({ v: parts, m: answer.of, g: null });
          this.stood = this.read();
          store.drop(this.key);
          this.blocked = '';
          this.ask(null);
          this.kept(answer, this.read());
          tell();
        },
      });
    }

    ask(what) {
      this.section.querySelector('.choose')?.remove();
      if (!what) return;
      const box = document.createElement('div');
      box.className = 'wide note choose';
      box.setAttribute('role', 'alert');
      const words = document.createElement('p');
      words.textContent = `Người khác vừa sửa dòng này thành «${what.theirs}». Giữ giá trị nào?`;
      const row = document.createElement('p');
      row.className = 'acts';
      for (const [label, act] of [['Giữ của tôi', what.mine], ['Lấy giá trị kia', what.take]]) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn q';
        button.textContent = label;
        button.addEventListener('click', act);
        row.append(button);
      }
      box.append(words, row);
      this.section.append(box);
    }
  }

  /** A short name of a request, the same for the same content. */
  async function name(text) {
    if (window.crypto?.subtle) {
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      return [...new Uint8Array(hash)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    // Without HTTPS there is no digest: two sums with different factors part what people type.
    let [one, two] = [7, 11];
    for (const letter of text) {
      one = (Math.imul(one, 31) + letter.codePointAt(0)) >>> 0;
      two = (Math.imul(two, 131) + letter.codePointAt(0)) >>> 0;
    }
    return `p${one.toString(16)}${two.toString(16)}${text.length.toString(16)}`;
  }

  /** Says how the sheet as a whole stands. */
  function tell() {
    if (!saved) return;
    const all = [...lines.values()];
    const waiting = all.filter((line) => line.dirty).length;
    const stuck = all.filter((line) => line.dirty && line.blocked).length;
    if (stuck) saved.textContent = `${stuck} dòng chưa lưu được`;
    else if (waiting && all.some((line) => line.tries > 0)) saved.textContent = `Mất kết nối: ${waiting} dòng giữ trên máy này, sẽ tự gửi`;
    else if (waiting) saved.textContent = `Đang lưu ${waiting} dòng…`;
    else saved.textContent = lastSaved ? `Đã lưu mọi thay đổi lúc ${lastSaved}` : 'Tự lưu khi bạn gõ';
  }

  for (const section of form.querySelectorAll('[data-line]')) {
    const line = new Line(section);
    lines.set(line.code, line);
  }
  // What an earlier page could not send is put back, and sent.
  for (const line of lines.values()) {
    let left = null;
    try { left = JSON.parse(store.get(line.key)); } catch { left = null; }
    if (!left?.content) continue;
    const version = left.seen;
    line.write(left.content);
    if (!line.dirty) { store.drop(line.key); continue; }
    line.seen = version;
    line.section.closest('details')?.setAttribute('open', '');
    line.say('busy', 'Gõ từ trước, đang gửi…');
    line.send();
  }
  tell();

  const sendAll = () => lines.forEach((line) => { if (line.blocked === 'login') line.blocked = ''; line.send(); });
  window.addEventListener('online', sendAll);
  window.addEventListener('pagehide', sendAll);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') sendAll(); });
  form.addEventListener('submit', (event) => { event.preventDefault(); sendAll(); });
  window.addEventListener('beforeunload', (event) => {
    if (!store.lasting && [...lines.values()].some((line) => line.dirty)) event.preventDefault();
  });

  // Keys: from line to line, to the next empty one.
  const firstOf = (section) => section && [...section.querySelectorAll('input:not([type=hidden])')].find((field) => field.type !== 'radio' || field.checked);
  const sections = () => [...form.querySelectorAll('[data-line]')].filter((section) => section.offsetParent !== null);
  const go = (field) => { if (field) { field.focus(); field.select?.(); field.scrollIntoView({ block: 'nearest' }); } };
  form.addEventListener('keydown', (event) => {
    const here = event.target.closest?.('[data-line]');
    if (event.altKey && event.key.toLowerCase() === 'n') {
      event.preventDefault();
      const all = [...form.querySelectorAll('[data-line]')];
      const from = here ? all.indexOf(here) + 1 : 0;
      const next = [...all.slice(from), ...all.slice(0, from)].find((section) => {
        const line = lines.get(section.dataset.line);
        return line.read().v.every((value) => value === '');
      });
      next?.closest('details')?.setAttribute('open', '');
      go(firstOf(next));
      return;
    }
    if (event.key !== 'Enter' || !here || event.target.tagName === 'TEXTAREA' || event.target.tagName === 'BUTTON' || event.target.tagName === 'A' || event.target.tagName === 'SUMMARY') return;
    event.preventDefault();
    const step = event.shiftKey ? -1 : 1;
    const inLine = event.target.type === 'radio' ? [] : [...here.querySelectorAll('input:not([type=hidden])')];
    const all = sections();
    go(inLine[inLine.indexOf(event.target) + step] ?? firstOf(all[all.indexOf(here) + step]));
  });

  // A column from Excel: each row a line, a second cell the denominator.
  form.addEventListener('paste', (event) => {
    const here = event.target.closest?.('[data-line]');
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const rows = text.replace(/\r/g, '').replace(/\n$/, '').split('\n');
    if (!here || event.target.tagName === 'TEXTAREA' || (rows.length < 2 && !text.includes('\t'))) return;
    event.preventDefault();
    const all = sections();
    const from = all.indexOf(here);
    rows.forEach((row, at) => {
      const line = lines.get(all[from + at]?.dataset.line);
      if (!line) return;
      const [value, of] = row.split('\t');
      const now = line.read();
      const typed = line.fields('v')[0]?.type === 'radio' ? [option(line, value)] : [value.trim(), ...now.v.slice(1)];
      line.write({ v: typed, m: of === undefined ? now.m : of.trim(), g: now.g });
      line.typed(0);
    });
  });

  // Files dropped on a line become its evidence; what the server says of them is said at the line.
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  form.addEventListener('dragover', (event) => {
    const here = event.target.closest?.('[data-line]');
    if (!here || !holdsFiles(event)) return;
    event.preventDefault();
    here.querySelector('.chip.add')?.classList.add('drop');
  });
  form.addEventListener('dragleave', (event) => event.target.closest?.('[data-line]')?.querySelector('.chip.add')?.classList.remove('drop'));
  form.addEventListener('drop', async (event) => {
    const here = event.target.closest?.('[data-line]');
    if (!here || !holdsFiles(event)) return;
    event.preventDefault();
    here.querySelector('.chip.add')?.classList.remove('drop');
    const line = lines.get(here.dataset.line);
    for (const file of event.dataTransfer.files) await attach(line, file);
  });

  async function attach(line, file) {
    const body = new FormData();
    body.set('yeu-cau', await name(`${line.key}|${file.name}|${file.size}|${file.lastModified}`));
    body.set('tep', file);
    line.say('busy', `Đang tải ${file.name}…`);
    let page = null;
    let response = null;
    try {
      response = await fetch(`${form.getAttribute('action')}/dong/${encodeURIComponent(line.code)}/tai-lieu`, { method: 'POST', body, credentials: 'same-origin' });
      page = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch { page = null; }
    if (!page || !response.ok) {
      const said = page?.querySelector('.errs li') ?? page?.querySelector('main .lede');
      const why = said?.textContent.trim() ?? 'Mất kết nối: tệp chưa được gửi, hãy thả lại';
      line.complain(`${file.name}: ${why}`);
      line.say('late', 'Tệp chưa được nhận');
      return;
    }
    line.complain('');
    line.say('ok', `Đã nhận ${file.name}`);
    const chips = line.section.querySelector('.chips');
    const add = chips?.querySelector('.add')?.closest('li');
    const known = new Set([...chips.querySelectorAll('a.chip[href]')].map((chip) => chip.getAttribute('href')));
    for (const link of page.querySelectorAll('.proof p > a[href]')) {
      if (known.has(link.getAttribute('href'))) continue;
      const item = document.createElement('li');
      const chip = document.createElement('a');
      chip.className = 'chip';
      chip.href = link.getAttribute('href');
      const kind = document.createElement('b');
      kind.textContent = link.querySelector('b')?.textContent ?? '';
      chip.append(kind, document.createTextNode(link.textContent.slice(kind.textContent.length).trim()));
      item.append(chip);
      chips.insertBefore(item, add ?? null);
    }
  }

  /** The option of a choice that a pasted cell names: by its code or its words. */
  function option(line, text) {
    const wanted = text.trim().toLowerCase();
    const found = line.fields('v').find((field) => field.value.toLowerCase() === wanted || field.nextElementSibling?.textContent.trim().toLowerCase() === wanted);
    return found ? found.value : line.read().v[0];
  }
})();
