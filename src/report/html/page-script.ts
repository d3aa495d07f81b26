/**
 * The page's own script, as text: search, filter and sort over the columns. The page is whole without it; its controls
 * are hidden until it runs. In a file on disk there is no server to ask for rows: links to them become text.
 */
export const PAGE_SCRIPT = `(() => {
  const MANY = 100; // columns that are better a line each at first
  if (location.protocol === 'file:') for (const link of document.querySelectorAll('a[href^="rows?"]')) link.replaceWith(...(link.className ? [] : link.childNodes));
  const [tools, list, search, type, alerted, sort, found, compact] = ['tools', 'list', 'search', 'type', 'alerted', 'sort', 'found', 'compact'].map((id) => document.getElementById(id));
  if (!tools || !list) return;
  const items = [...list.children].map((item) => ({ item, name: (item.querySelector('bdi') || item).textContent.toLowerCase(), p: +item.dataset.p, n: +item.dataset.n, a: +item.dataset.a, t: item.dataset.t }));
  const orders = { p: (x, y) => x.p - y.p, name: (x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.p - y.p), n: (x, y) => y.n - x.n || x.p - y.p, a: (x, y) => y.a - x.a || x.p - y.p };
  let waiting;
  const show = () => {
    const text = search.value.trim().toLowerCase();
    let count = 0;
    for (const { item, name, a, t } of items) {
      item.hidden = !name.includes(text) || (type.value && t !== type.value) || (alerted.checked && !a);
      if (!item.hidden) count++;
    }
    found.textContent = count < items.length ? count + ' of ' + items.length : '';
  };
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 80); });
  type.addEventListener('change', show);
  alerted.addEventListener('change', show);
  sort.addEventListener('change', () => { items.sort(orders[sort.value]); list.append(...items.map(({ item }) => item)); });
  const fold = () => list.classList.toggle('compact', compact.checked);
  if (compact) {
    compact.checked = items.length > MANY;
    compact.addEventListener('change', fold);
    fold();
  }
  addEventListener('hashchange', () => {
    const item = document.getElementById(location.hash.slice(1));
    if (!item || !item.hidden) return;
    search.value = type.value = '';
    alerted.checked = false;
    show();
    item.scrollIntoView();
  });
  tools.hidden = false;
})();`;
