import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { signUpWords } from '../messages/signUp';
import { Answer } from '../parts/Answer';
import go from '../parts/Go.module.css';
import { Heading } from '../parts/Heading';
import { QuietButton } from '../parts/QuietButton';
import { SendForm } from '../parts/SendForm';
import { takeSecret } from '../parts/secret';
import { logInOptionsQuery } from '../queries/logIns';
import {
  type PublicOperation,
  publicOperationQuery,
  publicOperationsQuery,
} from '../queries/publicOperations';
import { confirmSignUp } from '../queries/signUps';
import { useWords } from '../words/language';
import { SignUpForm } from './SignUpForm';

/** To ask to take part in an operation; or, by the link that came, to confirm that one did. */
export function SignUp() {
  const [secret] = useState(takeSecret);
  const { operation } = useSearch({ from: '/sign-up' });
  if (secret) return <Confirmation secret={secret} />;
  return operation ? <OfOperation key={operation} id={operation} /> : <Choice />;
}

function OfOperation({ id }: { id: string }) {
  const words = useWords(signUpWords);
  const query = useQuery(publicOperationQuery(id));
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) return <Sent to={sentTo} onAgain={() => setSentTo(null)} />;
  return (
    <>
      <Heading>{query.data ? words.titleOf(query.data.name) : words.title}</Heading>
      <Answer query={query}>
        {(operation) => <ToFillIn operation={operation} onSent={setSentTo} />}
      </Answer>
    </>
  );
}

interface ToFillInProps {
  operation: PublicOperation;
  onSent: (email: string) => void;
}

function ToFillIn({ operation, onSent }: ToFillInProps) {
  const words = useWords(signUpWords);
  return (
    <>
      <p>{words.lead(operation.organiser_name)}</p>
      {!operation.takes_members && <p>{words.notNow}</p>}
      <SignUpForm operationId={operation.id} onSent={onSent} />
    </>
  );
}

function Sent({ to, onAgain }: { to: string; onAgain: () => void }) {
  const words = useWords(signUpWords);
  return (
    <>
      <Heading>{words.sentTitle}</Heading>
      <p role="status">{words.sent(to)}</p>
      <p>{words.notThere}</p>
      <QuietButton onPress={onAgain}>{words.again}</QuietButton>
    </>
  );
}

function Choice() {
  const words = useWords(signUpWords);
  const query = useQuery(publicOperationsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <Answer query={query}>
        {(operations) => {
          const open = operations.filter(({ takes_members }) => takes_members);
          if (open.length === 0) return <p>{words.noneOpen}</p>;
          return (
            <>
              <p>{words.choose}</p>
              <ul>
                {open.map(({ id, name }) => (
                  <li key={id}>
                    <Link to="/sign-up" search={{ operation: id }}>
                      {name}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Answer>
      <Link to="/operations">{words.seeAll}</Link>
    </>
  );
}

/** By a button: a program that opens links to look at them confirms nothing. */
function Confirmation({ secret }: { secret: string }) {
  const words = useWords(signUpWords);
  const attempt = useMutation({ mutationFn: () => confirmSignUp(secret) });
  if (attempt.data) return <Confirmed />;
  return (
    <>
      <Heading>{words.confirmTitle}</Heading>
      <p>{words.confirmLead}</p>
      <SendForm attempt={attempt} submit={words.confirm} onSend={() => attempt.mutate()} />
      {attempt.isError && <Link to="/sign-up">{words.again}</Link>}
    </>
  );
}

/** That it was, and how one will log in. */
export function Confirmed() {
  const words = useWords(signUpWords);
  const { data: options } = useQuery(logInOptionsQuery);
  return (
    <>
      <Heading>{words.confirmedTitle}</Heading>
      <p role="status">
        {words.confirmed} {options && (options.oidc ? words.thenThere : words.thenInvited)}
      </p>
      <Link className={go.quiet} to="/operations">
        {words.seeAll}
      </Link>
    </>
  );
}
