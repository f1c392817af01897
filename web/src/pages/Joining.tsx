import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { joiningWords } from '../messages/joining';
import { AskOrganiser } from '../parts/AskOrganiser';
import { Heading } from '../parts/Heading';
import { meQuery } from '../queries/me';
import type { Operation } from '../queries/operations';
import { useLanguage, useWords } from '../words/language';
import { OwnDocuments } from './me/Documents';

/** For who is to come into an operation: what they can do before their meter is in it. */
export function Joining() {
  const words = useWords(joiningWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <Heading>{words.title}</Heading>
      {me.joining.length > 0 ? <OnTheWay operations={me.joining} /> : <Nothing />}
    </>
  );
}

function OnTheWay({ operations }: { operations: Operation[] }) {
  const words = useWords(joiningWords);
  const names = new Intl.ListFormat(useLanguage()).format(operations.map(({ name }) => name));
  return (
    <>
      <p>{words.lead(names)}</p>
      <p>{words.todo}</p>
      <OwnDocuments operations={operations} />
      <AskOrganiser />
    </>
  );
}

function Nothing() {
  const words = useWords(joiningWords);
  return (
    <p>
      {words.nothing} <Link to="/">{words.home}</Link>
    </p>
  );
}
