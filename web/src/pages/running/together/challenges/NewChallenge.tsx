import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { runTogetherWords } from '../../../../messages/running/together';
import { challengingWords } from '../../../../messages/running/togetherChallenges';
import { BackToOperationTogether } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import {
  type ChallengeIn,
  challengeChanged,
  draftChallenge,
} from '../../../../queries/challengeDesk';
import { useWords } from '../../../../words/language';
import { Challenging } from './Challenging';

/** A challenge that nobody has drafted yet. */
export function NewChallenge() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/challenges/new' });
  const words = useWords(challengingWords);
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [challenge] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (body: ChallengeIn) => draftChallenge(operation, challenge, body),
    onSuccess: async (draft) => {
      await challengeChanged(queries, draft);
      await navigate({
        to: '/o/$operation/together/challenges/$challenge',
        params: { operation, challenge },
        replace: true,
      });
    },
  });
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.newTitle}</Heading>
      <Challenging attempt={attempt} submit={saveDraft} onSend={attempt.mutate} />
    </>
  );
}
