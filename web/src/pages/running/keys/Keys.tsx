import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keysWords } from '../../../messages/running/keys';
import { Answer } from '../../../parts/Answer';
import facts from '../../../parts/Facts.module.css';
import go from '../../../parts/Go.module.css';
import { Heading } from '../../../parts/Heading';
import { Why } from '../../../parts/Why';
import { KeyTimeline } from '../../../pictures/KeyTimeline';
import { adoptionsQuery } from '../../../queries/keyLife';
import { type Key, keysQuery } from '../../../queries/keys';
import { pollsQuery } from '../../../queries/polls';
import { policyQuery } from '../../../queries/shares';
import { dayAt } from '../../../words/dates';
import { endOf, inOrder, momentOfKey } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import { KeysTable } from './KeysTable';
import { keyName } from './names';

/** Every sharing key of an operation: in force, to come, drafts, past, and what is to be done. */
export function Keys() {
  const { operation } = useParams({ from: '/inside/o/$operation/keys' });
  const words = useWords(keysWords);
  const query = useQuery(keysQuery(operation));
  const polls = useQuery(pollsQuery([{ id: operation }]));
  const adoptions = useQuery(adoptionsQuery(operation));
  const policy = useQuery(policyQuery(operation));
  return (
    <>
      <Heading>{words.title}</Heading>
      <Why title={words.why}>
        <p>{words.whyText}</p>
      </Why>
      <nav className={facts.actions} aria-label={words.title}>
        <Link className={go.go} to="/o/$operation/keys/compare" params={{ operation }}>
          {words.compare}
        </Link>
        <Link className={go.quiet} to="/o/$operation/keys/new" params={{ operation }}>
          {words.make}
        </Link>
        <Link className={go.quiet} to="/o/$operation/keys/coefficients" params={{ operation }}>
          {words.coefficients}
        </Link>
        <Link className={go.quiet} to="/o/$operation/keys/deposits" params={{ operation }}>
          {words.deposits}
        </Link>
      </nav>
      <Answer query={query}>
        {(all) =>
          all.length === 0 ? (
            <p className={facts.lead}>{words.none}</p>
          ) : (
            <>
              <TimeLine keys={all} />
              <Answer query={polls}>
                {(votes) => (
                  <Answer query={adoptions}>
                    {(adopted) => (
                      <Answer query={policy}>
                        {({ notice_days }) => (
                          <KeysTable
                            operation={operation}
                            keys={all}
                            polls={votes}
                            adoptions={adopted}
                            noticeDays={notice_days}
                          />
                        )}
                      </Answer>
                    )}
                  </Answer>
                )}
              </Answer>
            </>
          )
        }
      </Answer>
    </>
  );
}

function TimeLine({ keys }: { keys: readonly Key[] }) {
  const words = useWords(keysWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  const ordered = inOrder(keys, today);
  const current = ordered.find((key) => momentOfKey(key, today) === 'current');
  return (
    <>
      {!current && <p className={facts.lead}>{words.noneInForce}</p>}
      <KeyTimeline
        keys={[...ordered].reverse().map((key) => ({
          id: key.id,
          label: keyName(key, language),
          from: key.valid_from,
          to: endOf(key),
          look: momentOfKey(key, today),
        }))}
        today={today}
        todayWord={words.today}
        name={words.picture}
        sentence={words.pictureSentence(keys.length, current ? keyName(current, language) : null)}
      />
    </>
  );
}
