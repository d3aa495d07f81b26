import { byteSize, countOf } from '../report/formatting.ts';
import { TAKEN } from './drop-zone.tsx';
import { span } from './formatting.ts';
import { reportLink } from './place.ts';
import { useSignal } from './signal.ts';
import { dismiss, tryAgain, type Upload, uploads } from './upload-queue.ts';

/** Lines that are drawn while files wait, and once all have been sent; further files are only counted. */
const SHOWN = 5;
const SHOWN_AT_END = 10;

const STATE_WORDS: Record<Upload['state'], string> = {
  waiting: 'waiting',
  sending: 'uploading',
  failed: 'failed',
  known: 'stored',
  note: 'folder',
};

/** Files that are being uploaded, and those that failed. However many were chosen, few are drawn. */
export function UploadList({ reload }: { reload: () => void }) {
  const sending = useSignal(uploads);
  const isOver = sending.every(({ state }) => state !== 'waiting' && state !== 'sending');
  const shown = sending
    .toSorted((a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting')) // stable
    .slice(0, isOver ? SHOWN_AT_END : SHOWN);
  const rest = sending.length - shown.length;
  const bytes = sending.reduce((sum, { total, sent, state }) => (state === 'waiting' ? sum + total - sent : sum), 0);
  return (
    <>
      {shown.map((each) => (
        <UploadLine key={`u${each.key}`} of={each} reload={reload} />
      ))}
      {rest > 0 && (
        <li class="dataset dim">
          and {countOf(rest, 'more file')}
          {bytes > 0 ? `, ${byteSize(bytes)} to send` : ''}
        </li>
      )}
    </>
  );
}

function UploadLine({ of, reload }: { of: Upload; reload: () => void }) {
  const { key, name, state, message } = of;
  const moving = state === 'sending' || state === 'waiting';
  return (
    <li class="dataset">
      <div class="line">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <span class={`status ${state}`}>{STATE_WORDS[state]}</span>
        <div class="actions">
          {state === 'failed' && of.file && (
            <button type="button" onClick={() => tryAgain(key, reload)}>
              Try again
            </button>
          )}
          <button type="button" onClick={() => dismiss(key)}>
            {moving ? 'Stop' : 'Dismiss'}
          </button>
        </div>
      </div>
      {message && (
        <p class={state === 'failed' ? 'error' : 'dim'} role={state === 'failed' ? 'alert' : 'status'}>
          <bdi>{message}</bdi> {of.isOtherKind && <TakenLink />}
        </p>
      )}
      {of.stored && (
        <output class="dim">
          Already here as{' '}
          <a href={reportLink(of.stored.id)}>
            <bdi>{of.stored.name}</bdi>
          </a>
          .
        </output>
      )}
      {state === 'sending' && (
        <div class="progress">
          <progress max={of.total || 1} value={of.sent} aria-label={`Upload of ${name}`} />
          <span>{sendingProgress(of)}</span>
        </div>
      )}
    </li>
  );
}

function TakenLink() {
  const open = () => {
    const list = document.getElementById(TAKEN) as HTMLDetailsElement | null;
    if (list) list.open = true;
  };
  return (
    <a href={`#${TAKEN}`} onClick={open}>
      Which files can be read?
    </a>
  );
}

function sendingProgress({ sent, total, throughput }: Upload): string {
  if (sent >= total && total > 0) return `${byteSize(total)} sent, being stored`;
  const now = performance.now();
  const rate = throughput.rate(now);
  const left = throughput.secondsLeft(total, now);
  const facts = [
    `${byteSize(sent)} of ${byteSize(total)}`,
    rate && `${byteSize(rate)}/s`,
    left && `${span(left)} left`,
  ];
  return facts.filter(Boolean).join(', ');
}
