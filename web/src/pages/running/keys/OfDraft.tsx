import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keyFormWords } from '../../../messages/running/keyForm';
import { keyLifeWords } from '../../../messages/running/keyLife';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { withdrawKey } from '../../../queries/keyLife';
import type { Key } from '../../../queries/keys';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { KeyForm } from './KeyForm';
import type { OfVersion } from './Steps';

/** What can still be changed: a draft, or that there is this key at all. */
export function OfDraft({ operation, version, isVoting }: OfVersion & { isVoting: boolean }) {
  const words = useWords(keyLifeWords);
  const { saved } = useWords(keyFormWords);
  const [last, setLast] = useState<Key | null>(null);
  const { state } = version;
  return (
    <>
      {state === 'draft' && isVoting && <p className={shared.weak}>{words.editVoting}</p>}
      {state === 'draft' && (
        <details>
          <summary>{words.edit}</summary>
          <KeyForm operation={operation} id={version.id} draft={version} onSaved={setLast} />
          <Said>{last !== null && saved}</Said>
        </details>
      )}
      {(state === 'draft' || state === 'approved') && (
        <details>
          <summary>{words.withdraw}</summary>
          <Withdrawing operation={operation} version={version} />
        </details>
      )}
    </>
  );
}

function Withdrawing({ operation, version }: OfVersion) {
  const words = useWords(keyLifeWords);
  const changed = useChanged(operation);
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: () => withdrawKey(operation, version.id),
    onSuccess: async () => {
      await navigate({ to: '/o/$operation/keys', params: { operation } });
      await changed();
    },
  });
  return (
    <>
      <p>{words.withdrawHelp}</p>
      <SendForm attempt={attempt} submit={words.withdraw} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.isUnwanted} isRequired />
      </SendForm>
    </>
  );
}
