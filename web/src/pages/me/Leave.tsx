import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { leaveWords } from '../../messages/leave';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { Field } from '../../parts/Field';
import { LongField } from '../../parts/LongField';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { SendForm } from '../../parts/SendForm';
import {
  askToLeave,
  type LeaveRequest,
  leaveRequestsQuery,
  stay,
} from '../../queries/leaveRequests';
import { type OwnParticipation, standingPoints } from '../../queries/me';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { fullDayOf } from '../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { MemberPage } from './MePage';

/** Ask to leave an operation, point by point, and see what became of it. */
export function Leave() {
  const words = useWords(leaveWords);
  return (
    <MemberPage title={words.title}>
      {({ participations }) => {
        const points = standingPoints(participations, dayAt(new Date()));
        if (points.length === 0) return <p>{words.none}</p>;
        return (
          <>
            <p>{words.intro}</p>
            {points.map((point) => (
              <OfPoint key={`${point.operation_id} ${point.prm}`} point={point} />
            ))}
          </>
        );
      }}
    </MemberPage>
  );
}

function OfPoint({ point }: { point: OwnParticipation }) {
  const words = useWords(leaveWords);
  const language = useLanguage();
  const query = useQuery(leaveRequestsQuery(point.operation_id));
  const [stays, setStays] = useState(false);
  const asked = (request: LeaveRequest) => (
    <Asked point={point} request={request} onStay={() => setStays(true)} />
  );
  return (
    <Card title={`${point.point_label} · ${point.operation_name}`} lang={OF_OPERATIONS}>
      {point.valid_to ? (
        <p>{words.leaving(fullDay(dayLater(point.valid_to, -1), language))}</p>
      ) : (
        <Answer query={query}>
          {(requests) => {
            const request = requests[point.prm];
            if (request) return asked(request);
            return (
              <>
                <Said>{stays && words.stays}</Said>
                <Ask point={point} />
              </>
            );
          }}
        </Answer>
      )}
    </Card>
  );
}

function Ask({ point }: { point: OwnParticipation }) {
  const words = useWords(leaveWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) => {
      const reason = String(form.get('reason')).replaceAll(/\s+/g, ' ').trim();
      return askToLeave(point, {
        wanted_on: String(form.get('wanted_on')),
        reason: reason || null,
      });
    },
    onSuccess: () => queries.invalidateQueries(leaveRequestsQuery(point.operation_id)),
  });
  return (
    <details>
      <summary>{words.ask}</summary>
      <SendForm attempt={attempt} submit={words.send} onSend={attempt.mutate}>
        <Field
          name="wanted_on"
          type="date"
          label={words.wantedOn}
          help={words.wantedHelp}
          defaultValue={dayAt(new Date())}
        />
        <LongField name="reason" maxLength={500} isOptional label={words.reason} />
      </SendForm>
    </details>
  );
}

interface AskedProps {
  point: OwnParticipation;
  request: LeaveRequest;
  onStay: () => void;
}

function Asked({ point, request, onStay }: AskedProps) {
  const words = useWords(leaveWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => stay(point),
    onSuccess: () => {
      onStay();
      return queries.invalidateQueries(leaveRequestsQuery(point.operation_id));
    },
  });
  const { asked_at, wanted_on, possible_on, leaves_on } = request;
  return (
    <>
      <Said>{words.asked(fullDayOf(asked_at, language))}</Said>
      <p>
        <strong>{words.leavesOn(fullDay(leaves_on, language))}</strong>{' '}
        {possible_on > wanted_on && words.notice(fullDay(possible_on, language))}
      </p>
      <p>{words.waits}</p>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>{words.stay}</QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}
