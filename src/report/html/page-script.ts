/**
 * The page's own script, as text: search and sort over the columns. The page is whole without it; its controls are
 * hidden until it runs.
 */
export const PAGE_SCRIPT = `(() => {
  const tools = document.getElementById('tools');
  const list = document.getElementById('list');
  if (!tools || !list) return;
  const items = [...list.children].map((item) => ({ item, name: (item.querySelector('bdi') || item).textContent.toLowerCase(), p: +item.dataset.p, n: +item.dataset.n, a: +item.dataset.a }));
  const search = document.getElementById('search');
  const sort = document.getElementById('sort');
  const found = document.getElementById('found');
  const orders = { p: (x, y) => x.p - y.p, name: (x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.p - y.p), n: (x, y) => y.n - x.n || x.p - y.p, a: (x, y) => y.a - x.a || x.p - y.p };
  let waiting;
  const show = () => {
    const text = search.value.trim().toLowerCase();
    let count = 0;
    for (const { item, name } of items) {
      item.hidden = !name.includes(text);
      if (!item.hidden) count++;
    }
    found.textContent = text ? count + ' of ' + items.length : '';
  };
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 80); });
  sort.addEventListener('change', () => { items.sort(orders[sort.value]); list.append(...items.map(({ item }) => item)); });
  addEventListener('hashchange', () => { search.value = ''; show(); });
  tools.hidden = false;
})();`;
