import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { declarationWords } from '../../../messages/running/declarations';
import { settingsWords } from '../../../messages/running/settings';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import { type Convention, conventionQuery } from '../../../queries/operationSettings';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** What was agreed with the grid operator, as far as declarations follow from it. */
export function Agreed({ operation }: { operation: string }) {
  const words = useWords(declarationWords);
  const { convention: title } = useWords(settingsWords);
  const query = useQuery(conventionQuery(operation));
  return (
    <Card title={title}>
      <p className={shared.weak}>{words.conventionHelp}</p>
      <Answer query={query}>{(convention) => <Facts convention={convention} />}</Answer>
      <Link className={shared.more} to="/o/$operation/settings" params={{ operation }}>
        {words.toSettings}
      </Link>
    </Card>
  );
}

function Facts({ convention }: { convention: Convention }) {
  const { unknown } = useWords(declarationWords);
  const words = useWords(settingsWords);
  const language = useLanguage();
  return (
    <dl className={facts.told}>
      <dt>{words.contract}</dt>
      <dd>{convention.dso_contract_id ?? unknown}</dd>
      <dt>{words.validFrom}</dt>
      <dd>{convention.valid_from ? fullDay(convention.valid_from, language) : unknown}</dd>
      <dt>{words.entryNotice}</dt>
      <dd>{convention.entry_notice_working_days}</dd>
      <dt>{words.exitNotice}</dt>
      <dd>{convention.exit_notice_working_days}</dd>
      <dt>{words.declaredBy}</dt>
      <dd>{words.declarers[convention.declared_by]}</dd>
    </dl>
  );
}
