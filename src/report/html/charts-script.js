{
  // bars of the charts as links with a name each: made where a chart comes near, since a page may have a thousand
  const [LEFT, MARGINS, TOP, BASE] = [38, 46, 6, 90]; // of the drawing, as bar-chart.ts has them
  const isFile = location.protocol === 'file:';
  // numbers and shares as report/formatting.ts has them: the page loads nothing
  const figure = (value) => {
    const size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(3);
    if (Number.isInteger(value)) return value.toLocaleString('en-US');
    return value.toLocaleString('en-US', size >= 1e3 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 });
  };
  const percent = (share) => {
    if (share > 0 && share < 0.001) return '<0.1 %';
    return share < 1 && share > 0.999 ? '>99.9 %' : `${Number((share * 100).toFixed(1))} %`;
  };
  // a bound of dates is a whole date: 2024 and 2024-05 begin with their first day
  const whole = (date) => (/^\d{4}$/.test(date) ? `${date}-01-01` : /^\d{4}-\d\d$/.test(date) ? `${date}-01` : date);
  const missingColumns = () =>
    [...document.querySelectorAll('#lines > tr')]
      .map((line) => ({ line, position: +line.dataset.p }))
      .sort((a, b) => a.position - b.position)
      .map(({ line }) => line.querySelector('bdi').textContent);

  /** Each bar with its name, its condition and its place on the axis. */
  function barsOf(chart) {
    const { k: kind, x = '', n, s, p: plain, r: rows, sorted } = chart.dataset;
    const counts = n.split(' ').map(Number);
    const column = chart.closest('[data-c]')?.dataset.c;
    const all = rows ? +rows : counts.reduce((sum, count) => sum + count, 0);
    const show = (value) => (plain === undefined ? figure(value) : String(value));
    const step = 1 / counts.length;
    const even = (i) => [i * step, step];
    const bar = (i, name, where, [from, width]) => ({
      name: `${name}: ${figure(counts[i])} (${percent(all ? counts[i] / all : 0)})`,
      count: counts[i],
      where: counts[i] > 0 && where,
      from,
      width,
    });
    if (kind === 'm') {
      const names = missingColumns();
      const order = counts.map((_, i) => i);
      if (sorted !== undefined) order.sort((i, k) => counts[k] - counts[i] || i - k);
      return order.map((i, at) => bar(i, names[i], { column: names[i], is_null: true }, even(at)));
    }
    if (kind === 'd') {
      const edges = x.split(' ');
      return counts.map((_, i) => bar(i, edges[i], { column, gte: whole(edges[i]), lt: whole(edges[i + 1]) }, even(i)));
    }
    let edges = x.split(' ').map(Number);
    if (kind === 'v') {
      const [min, max, width] = s.split(' ').map(Number);
      const place = (value) => (value - min) / (max - min) - width / 2;
      return edges.map((value, i) => bar(i, show(value), { column, gte: value, lte: value }, [place(value), width]));
    }
    if (edges.length === 2 && counts.length > 1) {
      const [min, max] = edges;
      edges = [...counts.map((_, i) => min + (i * (max - min)) / counts.length), max];
      for (let i = 1; i < counts.length; i++) edges[i] = min + i * ((max - min) / counts.length);
    }
    const last = counts.length - 1;
    return counts.map((_, i) => {
      const end = i === last ? { lte: edges[i + 1] } : { lt: edges[i + 1] };
      return bar(i, `${show(edges[i])} to ${show(edges[i + 1])}`, { column, gte: edges[i], ...end }, even(i));
    });
  }

  const tip = document.createElement('div');
  tip.id = 'tip';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true'); // the bars have the same words as their names
  document.body.append(tip);
  function showTip({ target }) {
    const text = target.closest?.('.hit')?.getAttribute('aria-label');
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    const { left, width, top } = target.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 4;
    tip.style.left = `${Math.max(4, Math.min(room, left + width / 2 - tip.offsetWidth / 2))}px`;
    tip.style.top = `${Math.max(2, top - tip.offsetHeight - 4)}px`;
  }
  const hideTip = () => {
    tip.hidden = true;
  };

  const addressOf = (where) => `rows?where=${encodeURIComponent(JSON.stringify(where))}`;
  function enhance(chart) {
    const plot = chart.viewBox.baseVal.width - MARGINS;
    const hits = barsOf(chart).map(({ name, where, from, width }) => {
      const hit = document.createElementNS(chart.namespaceURI, 'a');
      const area = document.createElementNS(chart.namespaceURI, 'rect');
      for (const [key, value] of [
        ['x', LEFT + from * plot],
        ['width', Math.max(width * plot, 0.1)],
        ['y', 4],
        ['height', BASE - 4],
      ])
        area.setAttribute(key, value);
      hit.setAttribute('class', 'hit');
      hit.setAttribute('aria-label', name);
      hit.setAttribute('tabindex', '-1');
      if (where && !isFile) hit.setAttribute('href', addressOf(where));
      else hit.setAttribute('role', 'img');
      hit.append(area);
      return hit;
    });
    if (hits.length === 0) return;
    let current = hits[0];
    const focus = (hit) => {
      current.setAttribute('tabindex', '-1');
      current = hit;
      current.setAttribute('tabindex', '0');
    };
    focus(current);
    chart.setAttribute('role', 'group');
    for (const group of chart.querySelectorAll('.x, .y')) group.setAttribute('aria-hidden', 'true');
    chart.append(...hits);
    chart.addEventListener('keydown', (event) => {
      const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -hits.length, End: hits.length };
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = hits.indexOf(current) + steps[event.key];
      focus(hits[Math.max(0, Math.min(hits.length - 1, next))]);
      current.focus();
    });
    chart.addEventListener('pointerover', showTip);
    chart.addEventListener('pointerleave', hideTip);
    chart.addEventListener('focusin', (event) => {
      focus(event.target.closest('.hit') ?? current);
      showTip(event);
    });
    chart.addEventListener('focusout', hideTip);
  }
  addEventListener('keydown', ({ key }) => key === 'Escape' && hideTip());
  addEventListener('scroll', hideTip, { passive: true });
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        enhance(target);
      }
    },
    { rootMargin: '300px' },
  );
  for (const chart of document.querySelectorAll('svg.chart')) near.observe(chart);

  // a log scale instead of the even one
  for (const log of document.querySelectorAll('.log')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Log scale';
    button.setAttribute('aria-pressed', 'false');
    const even = log.previousElementSibling;
    even.before(button);
    button.addEventListener('click', () => {
      log.hidden = !log.hidden;
      even.hidden = !log.hidden;
      button.setAttribute('aria-pressed', String(!log.hidden));
    });
  }

  // missing values by their number or in the order of the file: lines begin with the one, a picture with the other
  const gaps = document.querySelector('.gaps:not(li)');
  function sortGaps(sorted) {
    if (gaps.localName === 'ul') {
      const by = ({ dataset: { n, p } }) => (sorted ? -n : +p);
      gaps.append(...[...gaps.children].sort((a, b) => by(a) - by(b)));
      return;
    }
    const before = gaps.querySelector('svg');
    const chart = before.cloneNode(true); // without what listens to the bars in their other order
    if (sorted) chart.dataset.sorted = '';
    else delete chart.dataset.sorted;
    const bars = barsOf(chart);
    const most = +chart.dataset.m;
    const plot = chart.viewBox.baseVal.width - MARGINS;
    const path = bars.map(({ count, from, width }) => {
      const left = LEFT + from * plot;
      return count && `M${left} ${BASE}V${BASE - (count / most) * (BASE - TOP)}H${left + width * plot}V${BASE}`;
    });
    chart.querySelector('.bars').setAttribute('d', path.filter(Boolean).join(''));
    for (const hit of chart.querySelectorAll('.hit')) hit.remove();
    before.replaceWith(chart);
    enhance(chart);
  }
  if (gaps && gaps.children.length > 1) {
    const button = document.createElement('button');
    button.type = 'button';
    const isSorted = gaps.localName === 'ul';
    button.textContent = isSorted ? 'Order of the file' : 'Most missing first';
    button.setAttribute('aria-pressed', 'false');
    gaps.before(button);
    button.addEventListener('click', () => {
      const isPressed = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(isPressed));
      sortGaps(isPressed !== isSorted);
    });
  }

  // where links of counts would have made the page too large, they are made here
  const table = document.querySelector('#table[data-bare]');
  function link(cell, where) {
    if (!cell?.firstChild || cell.textContent.trim() === '0' || cell.querySelector('a')) return;
    const anchor = document.createElement('a');
    anchor.href = addressOf(where);
    cell.firstChild.before(anchor);
    anchor.append(cell.firstChild.nextSibling);
  }
  const FACTS = {
    Values: { is_null: false },
    Nulls: { is_null: true },
    Zeros: { gte: 0, lte: 0 },
    Negatives: { lt: 0 },
  };
  function linkCounts(item) {
    const column = item.dataset.c ?? item.querySelector('bdi').textContent;
    if (item.localName === 'tr') {
      link(item.children[2], { column, is_null: true });
      link(item.children[8], { column, outlier: 'any' });
      return;
    }
    for (const term of item.querySelectorAll('dt'))
      if (FACTS[term.textContent]) link(term.nextSibling, { column, ...FACTS[term.textContent] });
    link(item.querySelector('p.nulls span'), { column, is_null: true });
    const values = [...item.querySelectorAll('.top bdi')].map((value) => value.textContent);
    [...item.querySelectorAll('.top tbody tr')].forEach((row, i) => {
      const where = i < values.length ? { in: [values[i]] } : { not_in: values };
      if (row.children[2].dataset.v !== undefined) link(row.children[2], { column, ...where });
    });
  }
  if (table && !isFile) {
    const nearItem = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          nearItem.unobserve(target);
          linkCounts(target);
        }
      },
      { rootMargin: '300px' },
    );
    for (const item of document.querySelectorAll('#lines > tr, .card')) nearItem.observe(item);
  }
}
