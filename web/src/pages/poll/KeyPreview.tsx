import { useQuery } from '@tanstack/react-query';
import { slugOf } from '../../api/problem';
import { keyPreviewWords } from '../../messages/keyPreviews';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { useIsPhone } from '../../parts/screen';
import shared from '../../parts/Together.module.css';
import { Why } from '../../parts/Why';
import { type KeyPreview as Data, keyPreviewQuery } from '../../queries/keyPreviews';
import { consumingPoints, meQuery, type OwnParticipation } from '../../queries/me';
import type { Poll } from '../../queries/polls';
import { useLanguage, useWords } from '../../words/language';
import { kwh } from '../../words/numbers';
import styles from './KeyPreview.module.css';
import { KeyPreviewEuros } from './KeyPreviewEuros';
import { KeyPreviewMonths } from './KeyPreviewMonths';

const NOTHING = ['preview-unknown', 'key-unknown', 'forbidden'];

/** Before one votes on a key: the own last months, by the keys of then and by this one. */
export function KeyPreview({ poll, keyId }: { poll: Poll; keyId: string }) {
  const { data: me } = useQuery(meQuery);
  const points = (me ? consumingPoints(me) : []).filter(
    ({ operation_id }) => operation_id === poll.operation_id,
  );
  return points.map((point) => (
    <OfPoint key={point.prm} point={point} keyId={keyId} isAlone={points.length === 1} />
  ));
}

interface OfPointProps {
  point: OwnParticipation;
  keyId: string;
  isAlone: boolean;
}

function OfPoint({ point, keyId, isAlone }: OfPointProps) {
  const words = useWords(keyPreviewWords);
  const query = useQuery(keyPreviewQuery(point.operation_id, keyId, point.prm));
  // A draft that was written anew, or one that was asked about before there were previews.
  if (query.error && !query.data && NOTHING.includes(slugOf(query.error))) return null;
  return (
    <Card title={isAlone ? words.title : `${words.title} · ${point.point_label}`}>
      <Answer query={query}>{(preview) => <Preview prm={point.prm} preview={preview} />}</Answer>
    </Card>
  );
}

interface PreviewProps {
  prm: string;
  preview: Data;
}

function Preview({ prm, preview }: PreviewProps) {
  const words = useWords(keyPreviewWords);
  const isPhone = useIsPhone();
  const { state, months } = preview;
  return (
    <>
      {months.length > 0 && <Difference prm={prm} preview={preview} />}
      {state === 'computing' && <p role="status">{words.computing}</p>}
      {state === 'failed' && <p>{words.failed}</p>}
      {state === 'done' && months.length === 0 && <p>{words.none}</p>}
      {months.length > 0 && (
        <>
          <Why>
            <p>{words.why}</p>
          </Why>
          <details open={!isPhone}>
            <summary>{words.byMonth}</summary>
            <KeyPreviewMonths preview={preview} />
          </details>
          <Group preview={preview} />
        </>
      )}
    </>
  );
}

function Difference({ prm, preview }: PreviewProps) {
  const words = useWords(keyPreviewWords);
  const language = useLanguage();
  const { in_force_wmin, draft_wmin } = preview.total;
  const difference = draft_wmin - in_force_wmin;
  const size = kwh(Math.abs(difference), language);
  const isSame = size === kwh(0, language);
  return (
    <>
      <p className={styles.difference}>
        {isSame ? words.same : difference > 0 ? words.more(size) : words.less(size)}
      </p>
      <p>
        {words.over(preview.months.length, kwh(in_force_wmin, language), kwh(draft_wmin, language))}
      </p>
      {!isSame && <KeyPreviewEuros prm={prm} differenceWmin={difference} />}
    </>
  );
}

function Group({ preview }: { preview: Data }) {
  const words = useWords(keyPreviewWords);
  const language = useLanguage();
  const { withheld, needs, in_force_wmin, draft_wmin, gini_in_force, gini_draft } = preview.group;
  if (withheld) return <p className={shared.weak}>{words.withheld(needs)}</p>;
  if (in_force_wmin === null || draft_wmin === null) return null;
  const change = (gini_draft ?? 0) - (gini_in_force ?? 0);
  return (
    <>
      <p>{words.group(kwh(in_force_wmin, language), kwh(draft_wmin, language))}</p>
      {change !== 0 && <p className={shared.weak}>{change < 0 ? words.fairer : words.lessFair}</p>}
    </>
  );
}
