import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { slugOf } from '../api/problem';
import { contactWords } from '../messages/contact';
import { Heading } from '../parts/Heading';
import { Said } from '../parts/Said';
import { SendForm } from '../parts/SendForm';
import { takeSecret } from '../parts/secret';
import { meQuery } from '../queries/me';
import { confirmEmail } from '../queries/member';
import { useWords } from '../words/language';

/** The page of the link that confirms an e-mail address; nobody has to be logged in. */
export function EmailConfirmation() {
  const words = useWords(contactWords);
  const queries = useQueryClient();
  const [secret] = useState(takeSecret);
  const attempt = useMutation({
    mutationFn: () => confirmEmail(secret ?? ''),
    onSuccess: () => queries.invalidateQueries(meQuery),
  });
  const isOver =
    !secret || (attempt.error !== null && slugOf(attempt.error) === 'confirmation-refused');
  return (
    <>
      <Heading>{words.confirmTitle}</Heading>
      <Said>{attempt.isSuccess && words.confirmed(attempt.data.email)}</Said>
      {isOver && <p role="alert">{words.over}</p>}
      {!isOver && !attempt.isSuccess && (
        <SendForm attempt={attempt} submit={words.confirm} onSend={() => attempt.mutate()}>
          <p>{words.confirmHelp}</p>
        </SendForm>
      )}
      <p>
        <Link to="/me/contact">{words.toContact}</Link>
      </p>
    </>
  );
}
