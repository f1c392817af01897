import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { yearsLater } from '../words/dates';
import { stands } from './consentRule';

export type Consent = components['schemas']['ConsentOut'];
export type Granularity = Consent['granularity'];

/** The longest that a consent holds. */
const YEARS = 3;

/** All that a member ever said about their points. */
export function consentsQuery(memberId: string) {
  return queryOptions({
    queryKey: ['consents', memberId],
    queryFn: () =>
      unwrap(
        api.GET('/community/members/{member_id}/consents', {
          params: { path: { member_id: memberId } },
        }),
      ),
  });
}

export interface Question {
  memberId: string;
  prm: string;
  purpose: 'display' | 'collection';
  granularity: Granularity;
  /** Of the point. */
  ofPoint: Consent[];
  today: string;
}

/** Say yes from today on: take back what refuses it, then grant it. Throws Problem. */
export async function allow(question: Question): Promise<void> {
  for (const consent of standingOf(question)) {
    const isInTheWay =
      question.granularity === 'load_curve' || consent.granularity === question.granularity;
    if (consent.answer === 'refused' && isInTheWay) await withdraw(consent.id, question.memberId);
  }
  await record(question, 'granted');
}

/** Say no from today on: take back what was granted; refuse what nobody granted. Throws Problem. */
export async function deny(question: Question): Promise<void> {
  const granted = standingOf(question).filter(
    ({ answer, granularity }) => answer === 'granted' && granularity === question.granularity,
  );
  for (const consent of granted) await withdraw(consent.id, question.memberId);
  if (granted.length === 0) await record(question, 'refused');
}

/** From today on it counts no more. Throws Problem. */
export function withdraw(consentId: string, memberId: string): Promise<Consent> {
  return unwrap(
    api.POST('/community/members/{member_id}/consents/{consent_id}/withdrawal', {
      params: { path: { member_id: memberId, consent_id: consentId } },
    }),
  );
}

function standingOf({ ofPoint, purpose, today }: Question): Consent[] {
  return ofPoint.filter((consent) => consent.purpose === purpose && stands(consent, today));
}

function record(question: Question, answer: Consent['answer']): Promise<Consent> {
  const { memberId, prm, purpose, granularity, today } = question;
  return unwrap(
    api.PUT('/community/members/{member_id}/consents/{consent_id}', {
      params: { path: { member_id: memberId, consent_id: crypto.randomUUID() } },
      body: {
        prm,
        purpose,
        granularity,
        answer,
        valid_from: today,
        valid_to: yearsLater(today, YEARS),
      },
    }),
  );
}
