import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import shared from '../../../parts/Together.module.css';
import { isStaff, meQuery } from '../../../queries/me';
import { setUpQuery } from '../../../queries/setUp';
import { monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { OwnSending } from '../files/OwnSending';
import type { OfSetUp } from './ofSetUp';

const ASKED_AGAIN_MS = 3_000;

/** How readings come, and a place to drop the first ones. */
export function Readings({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  const first = setUp.months.find(({ data }) => data.received > 0)?.month;
  // They may be sent here, or come by themselves.
  useQuery({ ...setUpQuery(operation), refetchInterval: first ? false : ASKED_AGAIN_MS });
  return (
    <>
      <p>{words.readingsHow}</p>
      <p>{words.readingsFeed}</p>
      {first && <p role="status">{words.readingsHere(monthName(first, language))}</p>}
      {me && isStaff(me) ? (
        <Link className={shared.more} to="/staff/deliveries">
          {words.toFiles}
        </Link>
      ) : (
        <>
          <OwnSending operation={operation} />
          <Link className={shared.more} to="/o/$operation/files" params={{ operation }}>
            {words.toFiles}
          </Link>
        </>
      )}
    </>
  );
}
