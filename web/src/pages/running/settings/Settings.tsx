import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { settingUpRefusals } from '../../../messages/refusals/settingUp';
import { settingsWords } from '../../../messages/running/settings';
import { BackToOperation } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { MoreRefusals } from '../../../parts/Refusal';
import shared from '../../../parts/Together.module.css';
import { setUpQuery } from '../../../queries/setUp';
import { useWords } from '../../../words/language';
import { LegalBasis } from '../setup/LegalBasis';
import { Runners } from '../setup/Runners';
import { Convention } from './Convention';
import { Estimates } from './Estimates';
import { Limits } from './Limits';
import { Presentation } from './Presentation';
import { What } from './What';

/** What an operation is, what was agreed on it, what is shown of it, and who runs it. */
export function Settings() {
  const { operation } = useParams({ from: '/inside/o/$operation/settings' });
  const words = useWords(settingsWords);
  const query = useQuery(setUpQuery(operation));
  return (
    <MoreRefusals value={settingUpRefusals}>
      <PageAnswer query={query}>
        {(setUp) => (
          <>
            <BackToOperation id={operation} name={setUp.operation.name} />
            <Heading>{words.title(setUp.operation.name)}</Heading>
            <What operation={setUp.operation} />
            <LegalBasis operation={operation} setUp={setUp} />
            <Limits operation={operation} />
            <Convention operation={operation} />
            <Estimates operation={operation} />
            <Presentation operation={operation} />
            <Runners operation={operation} setUp={setUp} />
            <Deadlines />
          </>
        )}
      </PageAnswer>
    </MoreRefusals>
  );
}

/** How one is told is everybody's own affair. */
function Deadlines() {
  const words = useWords(settingsWords);
  return (
    <Card title={words.deadlines}>
      <p>{words.deadlinesHelp}</p>
      <Link className={shared.more} to="/notifications/settings">
        {words.toChannels}
      </Link>
    </Card>
  );
}
