import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { messageWords } from '../../../messages/staff/messages';
import { Answer } from '../../../parts/Answer';
import { BackToAccounts } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import { type Message, messagesQuery, type Recipient } from '../../../queries/messages';
import { momentOf } from '../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { MESSAGE_STATES } from '../../../words/staffSearches';
import { Filters } from '../Filters';

/** E-mails to members: which did not arrive, which wait, and why. */
export function Messages() {
  const words = useWords(messageWords);
  const { which: chosen } = useSearch({ from: '/inside/staff/messages' });
  const query = useQuery(messagesQuery(chosen));
  return (
    <>
      <BackToAccounts />
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Filters label={words.which}>
        {[undefined, ...MESSAGE_STATES].map((state) => [
          state ?? 'all',
          <Link
            key={state ?? 'all'}
            to="/staff/messages"
            search={state ? { which: state } : {}}
            aria-current={state === chosen ? 'true' : undefined}
          >
            {state ? words.states[state] : words.all}
          </Link>,
        ])}
      </Filters>
      <Answer query={query}>
        {(messages) =>
          messages.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <>
              <p className={shared.weak}>{words.newest(messages.length)}</p>
              <ul className={shared.list}>
                {messages.map((message) => (
                  <li key={message.id}>
                    <OneMessage message={message} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answer>
    </>
  );
}

function OneMessage({ message: { subject, asked_at, recipients } }: { message: Message }) {
  const language = useLanguage();
  return (
    <>
      <h2 className={shared.title} lang={OF_OPERATIONS}>
        {subject}
      </h2>
      <p className={shared.weak}>{momentOf(asked_at, language)}</p>
      <ul>
        {recipients.map((recipient) => (
          <li key={recipient.number}>
            <Course recipient={recipient} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What became of it at one address. */
function Course({ recipient: { address, status, at, reason } }: { recipient: Recipient }) {
  const words = useWords(messageWords);
  const language = useLanguage();
  const known = reason === null ? undefined : words.reasons[reason];
  return (
    <>
      {`${address ?? words.noAddress} · ${words.statuses[status]}, ${momentOf(at, language)}`}
      {reason !== null && (
        <>
          {' · '}
          {known ?? <span lang="en">{reason}</span>}
        </>
      )}
    </>
  );
}
