import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { slugOf } from '../api/problem';
import { calendarWords } from '../messages/calendars';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { CopyButton } from '../parts/CopyButton';
import { Field } from '../parts/Field';
import { QuietButton } from '../parts/QuietButton';
import { Refusal } from '../parts/Refusal';
import { SendForm } from '../parts/SendForm';
import shared from '../parts/Together.module.css';
import {
  type CalendarFeed,
  calendarFeedsQuery,
  makeFeed,
  withdrawFeed,
} from '../queries/calendars';
import { longDay } from '../words/dates';
import { useLanguage, useWords } from '../words/language';

/** Secret addresses for calendar programs: made, shown once, withdrawn. */
export function CalendarFeeds() {
  const words = useWords(calendarWords);
  const query = useQuery(calendarFeedsQuery);
  return (
    <Card title={words.title}>
      {query.error && slugOf(query.error) === 'account-elsewhere' ? (
        <p>{words.elsewhere}</p>
      ) : (
        <>
          <p>{words.help}</p>
          <Make />
          <Answer query={query}>{(feeds) => <Feeds feeds={feeds} />}</Answer>
        </>
      )}
    </Card>
  );
}

function Make() {
  const words = useWords(calendarWords);
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: makeFeed,
    onSuccess: () => queries.invalidateQueries(calendarFeedsQuery),
  });
  return (
    <>
      <SendForm
        attempt={making}
        submit={words.make}
        onSend={(form) => making.mutate(String(form.get('label')))}
      >
        <Field name="label" type="text" label={words.label} help={words.labelHelp} />
      </SendForm>
      <div role="status">
        {making.data && (
          <>
            <p>{words.made}</p>
            <code className={shared.code}>{making.data.url}</code>
          </>
        )}
      </div>
      {making.data && (
        <>
          <CopyButton text={making.data.url} />
          <p className={shared.weak}>{words.how}</p>
        </>
      )}
    </>
  );
}

function Feeds({ feeds }: { feeds: CalendarFeed[] }) {
  const words = useWords(calendarWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: withdrawFeed,
    onSuccess: () => queries.invalidateQueries(calendarFeedsQuery),
  });
  return (
    <>
      {feeds.length > 0 && <h3 className={shared.part}>{words.yours}</h3>}
      <ul className={shared.list}>
        {feeds.map(({ id, label, last_used_on }) => (
          <li key={id}>
            {label} ·{' '}
            {last_used_on ? words.lastUsed(longDay(last_used_on, language)) : words.neverUsed}
            <div className={shared.actions}>
              <QuietButton onPress={() => withdrawing.mutate(id)}>
                {words.withdraw(label)}
              </QuietButton>
            </div>
          </li>
        ))}
      </ul>
      <p role="status">{withdrawing.isSuccess && words.withdrawn}</p>
      <Refusal error={withdrawing.error} />
    </>
  );
}
