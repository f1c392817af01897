import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { runTogetherWords } from '../../../../messages/running/together';
import { pollingWords } from '../../../../messages/running/togetherPolls';
import { BackToOperationTogether } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { draftPoll, type PollIn } from '../../../../queries/pollDesk';
import { pollChanged } from '../../../../queries/polls';
import { useWords } from '../../../../words/language';
import { Polling } from './Polling';

/** A vote that nobody has drafted yet. */
export function NewPoll() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/polls/new' });
  const words = useWords(pollingWords);
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [poll] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (body: PollIn) => draftPoll(operation, poll, body),
    onSuccess: async (draft) => {
      await pollChanged(queries, draft);
      await navigate({
        to: '/o/$operation/together/polls/$poll',
        params: { operation, poll },
        replace: true,
      });
    },
  });
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.newTitle}</Heading>
      <Polling attempt={attempt} submit={saveDraft} onSend={attempt.mutate} />
    </>
  );
}
