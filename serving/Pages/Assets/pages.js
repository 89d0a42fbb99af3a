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

  begin();
})();
