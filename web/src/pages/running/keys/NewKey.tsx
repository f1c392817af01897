import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keyFormWords } from '../../../messages/running/keyForm';
import { BackToKeys } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { useWords } from '../../../words/language';
import { KeyForm } from './KeyForm';

/** A draft of one's own. */
export function NewKey() {
  const { operation } = useParams({ from: '/inside/o/$operation/keys/new' });
  const words = useWords(keyFormWords);
  const navigate = useNavigate();
  // One form is one draft, however often it is sent.
  const [id] = useState(() => crypto.randomUUID());
  return (
    <>
      <BackToKeys operation={operation} />
      <Heading>{words.titleNew}</Heading>
      <p>{words.help}</p>
      <KeyForm
        operation={operation}
        id={id}
        onSaved={(key) =>
          void navigate({ to: '/o/$operation/keys/$key', params: { operation, key: key.id } })
        }
      />
    </>
  );
}
