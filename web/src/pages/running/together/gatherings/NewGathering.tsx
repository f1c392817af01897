import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { runTogetherWords } from '../../../../messages/running/together';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { BackToOperationTogether } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import {
  draftSeries,
  type GatheringIn,
  gatheringChanged,
  recordGathering,
} from '../../../../queries/gatheringDesk';
import type { Gathering } from '../../../../queries/gatherings';
import { numberIn, type Repeat, ruleOf } from '../../../../words/gatheringForms';
import { useWords } from '../../../../words/language';
import { clockAt } from '../../../../words/parisClock';
import { Planning } from './Planning';

interface Sent {
  gathering: GatheringIn;
  repeat: Repeat;
  form: FormData;
}

/** A gathering that nobody has planned yet, or several that a rule makes. */
export function NewGathering() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/gatherings/new' });
  const words = useWords(planningWords);
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (sent: Sent) => draft(id, sent),
    onSuccess: async (first) => {
      if (!first) return;
      await gatheringChanged(queries, first);
      await navigate({
        to: '/o/$operation/together/gatherings/$gathering',
        params: { operation, gathering: first.id },
        replace: true,
      });
    },
  });
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.newTitle}</Heading>
      <Planning
        operation={operation}
        attempt={attempt}
        submit={saveDraft}
        onSend={(gathering, repeat, form) => attempt.mutate({ gathering, repeat, form })}
      />
    </>
  );
}

/** The draft, or the first one of a series. */
async function draft(
  id: string,
  { gathering, repeat, form }: Sent,
): Promise<Gathering | undefined> {
  if (repeat === 'once') return recordGathering(id, gathering);
  const rule = ruleOf(repeat, clockAt(gathering.starts_at), numberIn(form, 'rule/count') ?? 0);
  const made = await draftSeries(id, gathering, rule);
  return made.toSorted((one, other) => one.starts_at.localeCompare(other.starts_at))[0];
}
