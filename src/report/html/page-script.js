{
  const MANY_COLUMNS = 40; // better compared in a table at first
  // in a file on disk there is no server to ask for rows: counts become text, and what only leads there goes
  if (location.protocol === 'file:')
    for (const link of document.querySelectorAll('a[href^="rows?"]')) {
      const way = link.closest('.go');
      if (way) way.remove();
      else link.replaceWith(...link.childNodes);
    }
  const byId = (id) => document.getElementById(id);
  const tools = byId('tools');
  const lines = byId('lines');
  const [search, type, alerted, sort, found] = ['search', 'type', 'alerted', 'sort', 'found'].map(byId);
  const [table, cards, compact, full] = ['table', 'cards', 'compact', 'full'].map(byId);
  const columns = [...lines.children].map((line, i) => ({
    line,
    card: cards?.children[i],
    name: line.querySelector('bdi').textContent.toLowerCase(),
    alerts: +line.dataset.a,
    position: +line.dataset.p,
    data: line.dataset,
  }));

  // what is chosen is in the address behind #, so that a reload, Back and a link lead to the same place
  const isState = () => /^#(?:view|q|type|alerts|sort|reverse)=/.test(location.hash);
  let state = new URLSearchParams(isState() ? location.hash.slice(1) : '');
  function keep(name, value) {
    if (value) state.set(name, value);
    else state.delete(name);
    const hash = state.size > 0 ? `#${state}` : '';
    if (hash === location.hash || (!hash && !isState() && !isCard())) return;
    history.replaceState(history.state, '', location.pathname + location.search + hash);
  }

  const isCard = () => /^#c\d+$/.test(location.hash) && byId(location.hash.slice(1)) !== null;
  function show() {
    if (!cards) return;
    const many = columns.length > MANY_COLUMNS;
    const isCompact = !isCard() && (state.get('view') ?? (many ? 'compact' : 'cards')) === 'compact';
    table.hidden = !isCompact;
    cards.classList.toggle('off', isCompact);
    compact.setAttribute('aria-pressed', String(isCompact));
    full.setAttribute('aria-pressed', String(!isCompact));
  }
  const choose = (view) => () => {
    keep('view', view);
    show();
  };

  function filter() {
    const text = search.value.trim().toLowerCase();
    const [member, wanted] = type.value.split(':');
    let count = 0;
    for (const { line, card, name, data, alerts } of columns) {
      const isShown = name.includes(text) && (!wanted || data[member] === wanted) && (!alerted.checked || alerts > 0);
      line.hidden = !isShown;
      if (card) card.hidden = !isShown;
      if (isShown) count++;
    }
    found.textContent = count < columns.length ? `${count} of ${columns.length}` : '';
    nothing.hidden = count > 0 || columns.length === 0;
    nothing.firstChild.data = text ? `No column matches "${search.value.trim()}". ` : 'No column matches. ';
  }

  // by the cells as they are shown: numbers, then texts, then nothing
  const heads = [...table.querySelectorAll('thead th')];
  const first = { Nulls: -1, Distinct: -1, Outliers: -1, Alerts: -1 }; // these begin with the greatest
  const number = (text) => (/^≈? ?[-\d]/.test(text) ? Number.parseFloat(text.replace(/[≈, ]/g, '')) : Number.NaN);
  function value({ line }, i) {
    const cell = line.children[i];
    const text = cell.querySelector('[title]')?.title ?? cell.textContent.trim();
    if (i < 2 || /^\d{4}-\d\d/.test(text)) return [1, text.toLowerCase()];
    return text === '' ? [2, ''] : Number.isNaN(number(text)) ? [1, text] : [0, number(text)];
  }
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  function order() {
    const by = sort.value;
    const i = Number(by);
    const direction = by === 'p' ? 1 : (first[heads[i].textContent] ?? 1) * (state.has('reverse') ? -1 : 1);
    const sorted = columns.map((column) => ({ column, key: by === 'p' ? [0, column.position] : value(column, i) }));
    sorted.sort(
      ({ key: [x, a], column }, { key: [y, b], column: other }) =>
        (x === 2) - (y === 2) || direction * (x - y || compare(a, b)) || column.position - other.position,
    );
    lines.append(...sorted.map(({ column }) => column.line));
    if (cards) cards.append(...sorted.map(({ column }) => column.card));
    heads.forEach((head, at) => {
      if (String(at) === by) head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
  }

  const nothing = document.createElement('p');
  const all = document.createElement('button');
  all.type = 'button';
  all.textContent = 'Show all';
  all.addEventListener('click', () => {
    showAll();
    search.focus();
  });
  nothing.append('', all);
  nothing.id = 'nothing';
  (cards ?? table).after(nothing);

  heads.forEach((head, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const isSame = sort.value === String(i);
      sort.value = String(i);
      keep('reverse', isSame && !state.has('reverse') ? '1' : '');
      keep('sort', head.textContent);
      order();
    });
  });
  let waiting;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      keep('q', search.value);
      filter();
    }, 80);
  });
  type.addEventListener('change', () => {
    keep('type', type.value);
    filter();
  });
  alerted.addEventListener('change', () => {
    keep('alerts', alerted.checked ? '1' : '');
    filter();
  });
  sort.addEventListener('change', () => {
    keep('reverse', '');
    keep('sort', sort.value === 'p' ? '' : heads[sort.value].textContent);
    order();
  });
  compact?.addEventListener('click', choose('compact'));
  full?.addEventListener('click', choose('cards'));

  function restore() {
    search.value = state.get('q') ?? '';
    type.value = state.get('type') ?? '';
    if (type.selectedIndex < 0) type.value = '';
    alerted.checked = state.has('alerts');
    const by = heads.findIndex((head) => head.textContent === state.get('sort'));
    const before = sort.value;
    sort.value = by < 0 ? 'p' : String(by);
    if (by >= 0 || before !== 'p') order();
    filter();
    show();
  }
  restore();
  const FILTERS = ['q', 'type', 'alerts'];
  function unfilter() {
    search.value = type.value = '';
    alerted.checked = false;
    filter();
  }
  function showAll() {
    for (const name of FILTERS) keep(name, '');
    unfilter();
  }
  // a link to a column that is filtered out shows all columns
  function follow() {
    if (isState()) {
      state = new URLSearchParams(location.hash.slice(1));
      return restore();
    }
    show();
    if (!isCard()) return;
    const item = byId(location.hash.slice(1));
    if (item.hidden) {
      for (const name of FILTERS) state.delete(name);
      unfilter();
    }
    item.scrollIntoView();
  }
  addEventListener('hashchange', follow);
  if (isCard()) follow();
  tools.hidden = false;
}
