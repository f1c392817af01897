import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { settingsWords } from '../../../messages/running/settings';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import { organiserQuery } from '../../../queries/member';
import type { Perimeter } from '../../../queries/perimeters';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** What staff opened it with. */
export function What({ operation }: { operation: Perimeter }) {
  const words = useWords(settingsWords);
  const language = useLanguage();
  const { id, organiser_id, valid_from, step_min, step_changes } = operation;
  const { data: organiser } = useQuery(organiserQuery(organiser_id));
  return (
    <Card title={words.what}>
      <dl className={facts.told}>
        <dt>{words.id}</dt>
        <dd>{id}</dd>
        <dt>{words.organiser}</dt>
        <dd className={shared.lines}>{organiser && `${organiser.name}\n${organiser.address}`}</dd>
        <dt>{words.firstDay}</dt>
        <dd>{fullDay(valid_from, language)}</dd>
        <dt>{words.step}</dt>
        <dd>
          {words.minutes(step_min)}
          {step_changes.map((change) => (
            <span key={change.valid_from}>
              , {words.stepFrom(change.step_min, fullDay(change.valid_from, language))}
            </span>
          ))}
        </dd>
      </dl>
      <p className={shared.weak}>{words.byStaff}</p>
      <div className={shared.actions}>
        <Link to="/o/$operation/setup" params={{ operation: id }}>
          {words.path}
        </Link>
        <Link to="/o/$operation/files" params={{ operation: id }}>
          {words.files}
        </Link>
      </div>
    </Card>
  );
}
