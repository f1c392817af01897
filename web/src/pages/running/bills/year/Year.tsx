import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { giftsWords } from '../../../../messages/gifts';
import { yearWords } from '../../../../messages/running/year';
import { Answer } from '../../../../parts/Answer';
import { BackToBills } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import facts from '../../../../parts/Facts.module.css';
import { Heading } from '../../../../parts/Heading';
import choice from '../../../../parts/PointChoice.module.css';
import shared from '../../../../parts/Together.module.css';
import { Why } from '../../../../parts/Why';
import { giftsQuery, loadGiftStatements } from '../../../../queries/gifts';
import {
  type Energies,
  loadYearlyReport,
  type YearlyReport,
  yearlyReportQuery,
} from '../../../../queries/yearlyReports';
import { dayAt, fullDay, monthName } from '../../../../words/dates';
import { isGiftIn } from '../../../../words/gifts';
import { useLanguage, useWords } from '../../../../words/language';
import { kwh, percent } from '../../../../words/numbers';
import { YearMonths } from './YearMonths';
import { YearSales } from './YearSales';

/** So many years before the one of now. */
const BEFORE = 2;

/** What an operation produced, shared and sold in a year. */
export function Year() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/year' });
  const { year: asked } = useSearch({ from: '/inside/o/$operation/bills/year' });
  const words = useWords(yearWords);
  const last = Number(dayAt(new Date()).slice(0, 4));
  const years = Array.from({ length: BEFORE + 1 }, (_, before) => last - before);
  const year = years.find((one) => one === asked) ?? last;
  const query = useQuery(yearlyReportQuery(operation, year));
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.title(year)}</Heading>
      <p>{words.lead}</p>
      <nav aria-label={words.years}>
        <ul className={choice.points}>
          {years.map((one) => (
            <li key={one}>
              <Link to="." search={{ year: one }} aria-current={one === year ? 'true' : undefined}>
                {one}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Answer query={query}>{(report) => <OfYear report={report} />}</Answer>
    </>
  );
}

function OfYear({ report }: { report: YearlyReport }) {
  const words = useWords(yearWords);
  const language = useLanguage();
  const ofGifts = useWords(giftsWords);
  const { data: gifts = [] } = useQuery(giftsQuery(report.operation_id));
  const { operation_id, year, total, months, missing, participants, producers } = report;
  return (
    <>
      {missing.length > 0 && (
        <p className={shared.alert}>
          {words.missing(missing.map((month) => monthName(month, language)).join(', '))}
        </p>
      )}
      <div className={facts.actions}>
        <Download
          name={`${operation_id}-${year}.pdf`}
          load={() => loadYearlyReport(operation_id, year, language)}
        >
          {words.pdf}
        </Download>
        {isGiftIn(gifts, year) && (
          <Download
            name={`${operation_id}-${year}-gifts.pdf`}
            load={() => loadGiftStatements(operation_id, year, language)}
          >
            {ofGifts.all(year)}
          </Download>
        )}
      </div>
      <Card title={words.energies}>
        {months.length === 0 ? <p>{words.noMonth}</p> : <Total energies={total} />}
      </Card>
      <Card title={words.who}>
        <p>
          {words.asOf(fullDay(participants.day, language))}
          {' · '}
          {words.consumers(participants.consumers)}
          {' · '}
          {words.producers(participants.producers)}
          {' · '}
          {words.moves(participants.entries, participants.exits)}
        </p>
      </Card>
      {months.length > 0 && <YearMonths months={months} />}
      {producers.length > 0 && <YearSales operation={operation_id} producers={producers} />}
      <Why title={words.why}>
        <p>{words.whyText}</p>
      </Why>
    </>
  );
}

function Total({ energies }: { energies: Energies }) {
  const words = useWords(yearWords);
  const language = useLanguage();
  return (
    <dl className={facts.told}>
      <dt>{words.consumption}</dt>
      <dd>{kwh(energies.consumption_wmin, language)}</dd>
      <dt>{words.production}</dt>
      <dd>{kwh(energies.production_wmin, language)}</dd>
      <dt>{words.shared}</dt>
      <dd>{kwh(energies.shared_wmin, language)}</dd>
      <dt>{words.sufficiency}</dt>
      <dd>{percent(energies.self_sufficiency_rate, language)}</dd>
      <dt>{words.self}</dt>
      <dd>{percent(energies.self_consumption_rate, language)}</dd>
    </dl>
  );
}
