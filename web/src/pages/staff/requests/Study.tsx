import { useMutation, useQuery } from '@tanstack/react-query';
import { staffRequestWords } from '../../../messages/staff/request';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { SendForm } from '../../../parts/SendForm';
import { Why } from '../../../parts/Why';
import {
  followUp,
  type StaffRequest,
  type Study as StudyOut,
  studyQuery,
} from '../../../queries/requestDesk';
import { isUnderWay, type Outcome, simulate, simulationQuery } from '../../../queries/simulations';
import { colon, useLanguage, useWords } from '../../../words/language';
import { kwh, percent, pricePerKwh, wholeEuros } from '../../../words/numbers';
import { useRequestChanged } from './changed';

/** What would be shared, by and large, if the request became an operation. */
export function Study({ request }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const { study_id, stage, plants_kwc } = request;
  // What became an operation is measured from then on.
  const isOver = stage === 'operation';
  if (isOver && !study_id) return null;
  return (
    <Card title={words.study}>
      {study_id && <Result key={study_id} id={study_id} />}
      {plants_kwc.length === 0 && <p>{words.noStudy}</p>}
      {plants_kwc.length > 0 && !isOver && <Possible request={request} />}
    </Card>
  );
}

function Possible({ request }: { request: StaffRequest }) {
  const query = useQuery(studyQuery(request.id));
  return <Answer query={query}>{(study) => <Running request={request} study={study} />}</Answer>;
}

function Running({ request, study }: { request: StaffRequest; study: StudyOut }) {
  const words = useWords(staffRequestWords);
  const language = useLanguage();
  const onSuccess = useRequestChanged();
  const attempt = useMutation({
    mutationFn: async () => {
      const { id } = await simulate(study);
      const { assigned_to, next_action_on } = request;
      return followUp(request.id, { assigned_to, next_action_on, study_id: id });
    },
    onSuccess,
  });
  const { base, prices } = study;
  return (
    <SendForm
      attempt={attempt}
      submit={request.study_id ? words.studyAgain : words.studyRun}
      isWide
      onSend={() => attempt.mutate()}
    >
      <p>
        {words.studyHelp(base.consumers.length, base.plants.length, base.from_day.slice(0, 4))}{' '}
        {words.studyPrices(
          pricePerKwh(Number(prices.local_eur_per_kwh), language),
          pricePerKwh(Number(prices.supplier_eur_per_kwh), language),
        )}
      </p>
    </SendForm>
  );
}

function Result({ id }: { id: string }) {
  const words = useWords(staffRequestWords);
  const query = useQuery(simulationQuery(id));
  return (
    <Answer query={query}>
      {(simulation) => {
        if (!simulation) return <p>{words.studyGone}</p>;
        const { progress, failure, result } = simulation;
        if (isUnderWay(simulation)) {
          return <p role="status">{words.studyRunning(progress.done, progress.total)}</p>;
        }
        const [outcome] = result?.scenarios ?? [];
        if (outcome) return <Figures outcome={outcome} />;
        return (
          <p>
            {failure ? words.studyFailed : words.studyGone}{' '}
            {failure && <span lang="en">{failure.detail}</span>}
          </p>
        );
      }}
    </Answer>
  );
}

function Figures({ outcome }: { outcome: Outcome }) {
  const words = useWords(staffRequestWords);
  const language = useLanguage();
  const { production_wmin, consumption_wmin, shared_wmin, savings_cents } = outcome;
  const parts = [
    words.ofProduction(percent(outcome.self_consumption_rate, language)),
    words.ofConsumption(percent(outcome.self_sufficiency_rate, language)),
  ];
  return (
    <>
      <dl className={facts.told}>
        <dt>{words.produced}</dt>
        <dd>{kwh(production_wmin, language)}</dd>
        <dt>{words.consumed}</dt>
        <dd>{kwh(consumption_wmin, language)}</dd>
        <dt>{words.shared}</dt>
        <dd>{kwh(shared_wmin, language) + colon(language) + parts.join(', ')}</dd>
        <dt>{words.savings}</dt>
        <dd>{wholeEuros(savings_cents, language)}</dd>
      </dl>
      <Why title={words.why}>
        <p>{words.whyText}</p>
      </Why>
    </>
  );
}
