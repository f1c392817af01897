import { useInfiniteQuery } from '@tanstack/react-query';
import { fileWords } from '../../../messages/running/files';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { More } from '../../../parts/More';
import shared from '../../../parts/Together.module.css';
import type { Delivery } from '../../../queries/deliveries';
import { keptOutQuery, type Quarantined } from '../../../queries/quarantine';
import { groupsBy } from '../../../words/groups';
import { useLanguage, useWords } from '../../../words/language';
import { placeInFile } from '../../../words/positions';

/** So many records of a reason are shown; the file has the others. */
const SHOWN = 3;

/** What was not taken of a file, by reason. */
export function KeptOut({ delivery }: { delivery: Delivery }) {
  const words = useWords(fileWords);
  const query = useInfiniteQuery(keptOutQuery(delivery.id));
  return (
    <Card title={words.keptOut}>
      <Answer query={query}>
        {({ pages }) => (
          <>
            {[...groupsBy(pages.flat(), ({ code }) => code)].map(([code, records]) => (
              <Reason key={code} code={code} records={records} hasMore={query.hasNextPage} />
            ))}
          </>
        )}
      </Answer>
      <More query={query}>{words.moreKeptOut}</More>
    </Card>
  );
}

interface ReasonProps {
  code: string;
  records: readonly Quarantined[];
  /** Whether not all records have come. */
  hasMore: boolean;
}

function Reason({ code, records, hasMore }: ReasonProps) {
  const words = useWords(fileWords);
  const names = useWords(quarantineWords).code;
  const language = useLanguage();
  const shown = records.slice(0, SHOWN);
  return (
    <section>
      <h3 className={shared.part}>{words.reason(names[code] ?? code, records.length, hasMore)}</h3>
      {words.reasons[code] && <p>{words.reasons[code]}</p>}
      <ul className={shared.list}>
        {shown.map(({ number, position, record }) => (
          <li key={number}>
            {placeInFile(position, language)}
            {record && <code className={shared.code}>{record}</code>}
          </li>
        ))}
      </ul>
      {records.length > SHOWN && (
        <p className={shared.weak}>{words.others(records.length - SHOWN)}</p>
      )}
    </section>
  );
}
