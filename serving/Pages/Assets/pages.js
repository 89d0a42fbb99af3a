// Pages work without this file. With it, filters answer while they are set, sliders say their value, and only what changed is replaced.
(() => {
  const main = () => document.getElementById('main');
  let asked = 0, under = null;

  async function show(address, keep) {
    const number = ++asked, here = main();
    under?.abort(); // what nobody waits for any more need not be worked out
    under = new AbortController();
    here.classList.add('loading');
    try {
      const answer = await fetch(address, { signal: under.signal, headers: { Accept: 'text/html' }, credentials: 'same-origin' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (number !== asked) return;
      const next = page.getElementById('main');
      if (!next) { location.assign(address); return; }
      const focused = document.activeElement && document.activeElement.id;
      here.replaceChildren(...next.childNodes);
      document.title = page.title;
      history.replaceState(null, '', address);
      if (keep && focused) document.getElementById(focused)?.focus({ preventScroll: true });
      begin();
    } catch { if (number === asked) location.assign(address); }
    finally { if (number === asked) main().classList.remove('loading'); }
  }

  function addressOf(form) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== '') query.append(name, value);
    const text = query.toString(); // by attribute: a field may be named action
    return form.getAttribute('action').split('?')[0] + (text ? '?' + text : '');
  }

  function begin() {
    for (const form of document.querySelectorAll('form[data-live]')) {
      if (form.dataset.begun) continue;
      form.dataset.begun = '1';
      let timer;
      // What was asked before is dropped at once: its answer would take away what is being typed.
      const ask = wait => { asked++; under?.abort(); clearTimeout(timer); timer = setTimeout(() => show(addressOf(form), true), wait); };
      form.addEventListener('input', event => ask(event.target.type === 'text' || event.target.type === 'search' || event.target.type === 'number' ? 350 : 120));
      form.addEventListener('submit', event => { event.preventDefault(); ask(0); });
    }
    const fresh = document.querySelector('[data-refresh]');
    if (fresh) setTimeout(() => show(location.href, true), Number(fresh.dataset.refresh));
    for (const slider of document.querySelectorAll('input[type=range][data-says]')) {
      const says = document.getElementById(slider.dataset.says);
      if (says) slider.addEventListener('input', () => { says.value = slider.value; });
    }
  }

  // Sends what a form of the page of calls describes, and shows what comes back: as text, whatever it holds.
  const most = 200000;

  async function call(form) {
    const fields = [...form.querySelectorAll('[data-place]')].filter(field => field.value !== '');
    const of = place => fields.filter(field => field.dataset.place === place);
    let path = form.getAttribute('action');
    for (const field of of('path')) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    const query = new URLSearchParams(of('query').map(field => [field.name, field.value]));
    for (const field of of('more')) for (const [name, value] of new URLSearchParams(field.value)) query.append(name, value);
    const headers = new Headers(of('header').map(field => [field.name, field.value]));
    const key = document.getElementById('api-key').value.trim();
    if (key) headers.set('Authorization', `Bearer ${key}`);
    let body = of('body')[0]?.value;
    if (of('file').length > 0) {
      const parts = new FormData();
      for (const [name, value] of Object.entries(JSON.parse(body || '{}'))) for (const one of [value].flat()) parts.append(name, one);
      for (const field of of('file')) parts.append(field.name, field.files[0]);
      body = parts;
    } else if (body !== undefined) headers.set('Content-Type', 'application/json');
    const began = performance.now(), text = query.toString();
    const answer = await fetch(path + (text ? '?' + text : ''), { method: form.dataset.call, headers, body, credentials: 'omit', cache: 'no-store' });
    const came = await answer.text(), took = Math.round(performance.now() - began);
    let shown = came;
    if (answer.headers.get('Content-Type')?.includes('json') && came.length <= most) try { shown = JSON.stringify(JSON.parse(came), null, 2); } catch { /* lines of JSON are shown as they are */ }
    return { head: `${answer.status} ${answer.statusText} · ${took} ms`, headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'), body: shown.slice(0, most), cut: shown.length > most };
  }

  function tell(place, answer) {
    const add = (name, text) => { const part = document.createElement(name); part.textContent = text; place.append(part); return part; };
    place.replaceChildren();
    add('p', answer.head).className = 'answered';
    if (answer.headers) { add('h3', place.dataset.headers); add('pre', answer.headers).tabIndex = 0; }
    if (answer.body) { add('h3', place.dataset.body); add('pre', answer.body).tabIndex = 0; }
    if (answer.cut) add('p', place.dataset.longer);
  }

  for (const form of document.querySelectorAll('form[data-call]'))
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const place = form.querySelector('[data-answer]'), button = form.querySelector('button');
      button.disabled = true;
      try { tell(place, await call(form)); } catch (error) { tell(place, { head: `${place.dataset.failed} ${error.message}` }); }
      finally { button.disabled = false; }
    });

  begin();
})();
