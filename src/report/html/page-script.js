(() => {
  const MANY_COLUMNS = 100; // better shown as a line each at first
  // in a file on disk there is no server to ask for rows: links to them become text
  if (location.protocol === 'file:')
    for (const link of document.querySelectorAll('a[href^="rows?"]'))
      link.replaceWith(...(link.className ? [] : link.childNodes));
  const byId = (id) => document.getElementById(id);
  const tools = byId('tools');
  const list = byId('list');
  if (!tools || !list) return;
  const search = byId('search');
  const type = byId('type');
  const alerted = byId('alerted');
  const sort = byId('sort');
  const found = byId('found');
  const compact = byId('compact');
  const columns = [...list.children].map((item) => ({
    item,
    name: (item.querySelector('bdi') || item).textContent.toLowerCase(),
    type: item.dataset.t,
    position: +item.dataset.p,
    nulls: +item.dataset.n,
    alerts: +item.dataset.a,
  }));
  const orders = {
    p: (x, y) => x.position - y.position,
    name: (x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.position - y.position),
    n: (x, y) => y.nulls - x.nulls || x.position - y.position,
    a: (x, y) => y.alerts - x.alerts || x.position - y.position,
  };
  const filter = () => {
    const text = search.value.trim().toLowerCase();
    let count = 0;
    for (const column of columns) {
      const isShown =
        column.name.includes(text) &&
        (!type.value || column.type === type.value) &&
        (!alerted.checked || column.alerts > 0);
      column.item.hidden = !isShown;
      if (isShown) count++;
    }
    found.textContent = count < columns.length ? `${count} of ${columns.length}` : '';
  };
  let waiting;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  type.addEventListener('change', filter);
  alerted.addEventListener('change', filter);
  sort.addEventListener('change', () => {
    columns.sort(orders[sort.value]);
    list.append(...columns.map(({ item }) => item));
  });
  const fold = () => list.classList.toggle('compact', compact.checked);
  if (compact) {
    compact.checked = columns.length > MANY_COLUMNS;
    compact.addEventListener('change', fold);
    fold();
  }
  // a link to a column that is filtered out shows all columns
  addEventListener('hashchange', () => {
    const item = byId(location.hash.slice(1));
    if (!item?.hidden) return;
    search.value = type.value = '';
    alerted.checked = false;
    filter();
    item.scrollIntoView();
  });
  tools.hidden = false;
})();
