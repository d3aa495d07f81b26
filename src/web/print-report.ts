/**
 * Prints the report that a frame shows instead of the application around it: of a frame, browsers print only the part
 * that is in view. The report's document is put into this one while it is printed, with its style; it runs no scripts
 * here.
 * @returns what ends it
 */
export function printsReport(frame: HTMLIFrameElement): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let restore = () => {};
  const show = () => {
    const report = frame.contentDocument;
    if (!report?.querySelector('main')) return;
    restore();
    const style = new CSSStyleSheet();
    style.replaceSync([...report.querySelectorAll('style')].map(({ textContent }) => textContent).join('\n'));
    const copy = document.createElement('div');
    for (const child of report.body.children)
      if (child.tagName !== 'SCRIPT') copy.append(document.importNode(child, true));
    const app = document.getElementById('app')!;
    const { title } = document;
    const own = [...document.styleSheets];
    const setShown = (isReport: boolean) => {
      app.hidden = isReport;
      for (const sheet of own) sheet.disabled = isReport;
      document.adoptedStyleSheets = isReport ? [style] : [];
      document.title = isReport ? report.title : title;
    };
    setShown(true);
    document.body.append(copy);
    restore = () => {
      restore = () => {};
      copy.remove();
      setShown(false);
    };
  };
  addEventListener('beforeprint', show, { signal });
  addEventListener('afterprint', () => restore(), { signal });
  return () => {
    ended.abort();
    restore();
  };
}
