import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { surplusWords } from '../../../../messages/running/surplus';
import { Answer } from '../../../../parts/Answer';
import { BackToBills } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { SelectField } from '../../../../parts/SelectField';
import { Why } from '../../../../parts/Why';
import { operationMonthsQuery } from '../../../../queries/operationMonths';
import { salesQuery } from '../../../../queries/surplus';
import { monthAt, monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { Expected } from './Expected';
import { Sold } from './Sold';

const YEAR = 12;

/** What each producer sold in a month, and what its surplus should bring. */
export function SalesPage() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/sales' });
  const { month: asked } = useSearch({ from: '/inside/o/$operation/bills/sales' });
  const words = useWords(surplusWords);
  const query = useQuery(operationMonthsQuery(operation, monthAt(new Date()), YEAR));
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.sales}</Heading>
      <p>{words.salesLead}</p>
      <Answer query={query}>
        {(all) => {
          const months = all
            .filter(({ settlement }) => settlement.status)
            .map(({ month }) => month)
            .reverse();
          if (asked && !months.includes(asked)) months.unshift(asked);
          const month = asked ?? months[0];
          if (!month) return <p>{words.noMonth}</p>;
          return <OfMonth operation={operation} month={month} months={months} />;
        }}
      </Answer>
    </>
  );
}

interface OfMonthProps {
  operation: string;
  month: string;
  /** To choose from, the newest first. */
  months: readonly string[];
}

function OfMonth({ operation, month, months }: OfMonthProps) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const query = useQuery(salesQuery(operation, month));
  return (
    <>
      <SelectField
        name="month"
        label={words.month}
        options={months.map((one) => [one, monthName(one, language)] as const)}
        value={month}
        onChange={(chosen) =>
          navigate({
            to: '/o/$operation/bills/sales',
            params: { operation },
            search: { month: chosen },
          })
        }
      />
      <Answer query={query}>
        {(sales) =>
          sales.length === 0 ? (
            <p>{words.nothingSold}</p>
          ) : (
            <>
              <Sold operation={operation} month={month} sales={sales} />
              <Expected operation={operation} month={month} sales={sales} />
              <Why title={words.whyTitle}>
                <p>{words.why}</p>
              </Why>
            </>
          )
        }
      </Answer>
    </>
  );
}
