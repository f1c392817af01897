import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Answer } from '../../../parts/Answer';
import { SelectField } from '../../../parts/SelectField';
import tables from '../../../parts/Table.module.css';
import {
  type PreviewedMember,
  type PriceListIn,
  pricePreviewQuery,
} from '../../../queries/priceLists';
import { draftBlockers } from '../../../words/codes';
import { monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros, inKwh, signedEuros, sum } from '../../../words/numbers';
import { Blockers } from '../close/Blockers';

interface PricePreviewProps {
  operation: string;
  /** That are closed, the newest first. */
  months: readonly string[];
  day: string;
  prices: PriceListIn;
}

/** What each member would pay for a month that is closed, beside what its own prices make. */
export function PricePreview({ operation, months, day, prices }: PricePreviewProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const [month, setMonth] = useState(months[0] ?? '');
  const query = useQuery(pricePreviewQuery(operation, { month, day, prices }));
  const blockers = draftBlockers(query.error);
  return (
    <>
      <p>{words.previewHelp(monthName(month, language))}</p>
      <SelectField
        name="month"
        label={words.previewMonth}
        options={months.map((one) => [one, monthName(one, language)] as const)}
        value={month}
        onChange={setMonth}
      />
      {blockers ? (
        <>
          <p role="alert">{words.previewBlocked}</p>
          <Blockers operation={operation} month={month} blockers={blockers} />
        </>
      ) : (
        <Answer query={query}>{({ members }) => <Members members={members} />}</Answer>
      )}
    </>
  );
}

function Members({ members }: { members: readonly PreviewedMember[] }) {
  const words = useWords(pricesWords);
  const total = {
    energy_wmin: sum(members.map(({ energy_wmin }) => energy_wmin)),
    now_cents: members.every(({ now_cents }) => now_cents !== null)
      ? sum(members.map(({ now_cents }) => now_cents ?? 0))
      : null,
    then_cents: sum(members.map(({ then_cents }) => then_cents)),
  };
  return (
    <table className={tables.numbers}>
      <caption>{words.preview}</caption>
      <thead>
        <tr>
          <th scope="col">{words.member}</th>
          <th scope="col">{words.energy}</th>
          <th scope="col">{words.paid}</th>
          <th scope="col">{words.wouldPay}</th>
          <th scope="col">{words.difference}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <Row key={member.member_id} name={member.name} sums={member} />
        ))}
      </tbody>
      <tfoot>
        <Row name={words.total} sums={total} />
      </tfoot>
    </table>
  );
}

type Sums = Pick<PreviewedMember, 'energy_wmin' | 'now_cents' | 'then_cents'>;

function Row({ name, sums }: { name: string; sums: Sums }) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const { energy_wmin, now_cents, then_cents } = sums;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{inKwh(energy_wmin, language, 0)}</td>
      <td>{now_cents === null ? words.notBilled : euros(now_cents, language)}</td>
      <td>{euros(then_cents, language)}</td>
      <td>{now_cents === null ? '' : signedEuros(then_cents - now_cents, language)}</td>
    </tr>
  );
}
