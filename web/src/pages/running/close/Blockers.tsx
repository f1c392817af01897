import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { closeWords } from '../../../messages/running/close';
import reasons from '../../../parts/Reasons.module.css';
import { sellersQuery } from '../../../queries/sellers';
import { type BillsPage, blockerText, mendedBy, mendedOn, type Told } from '../../../words/codes';
import { useLanguage, useWords } from '../../../words/language';
import { useNames } from '../names';
import type { OfMonth } from './Step';

/** What keeps a month from being invoiced, each with the way to where it is mended. */
export function Blockers({ operation, month, blockers }: OfMonth & { blockers: readonly Told[] }) {
  const { mend } = useWords(closeWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <ul className={reasons.reasons}>
      {blockers.map((blocker) => {
        const step = mendedBy(blocker);
        const mended = mendedOn(blocker);
        return (
          <li key={JSON.stringify(blocker)}>
            <span>{blockerText(blocker, names, language)}</span>
            {step && (
              <Link to="/o/$operation/months/$month" params={{ operation, month }} hash={step}>
                {mend[step]}
              </Link>
            )}
            {mended && <ToBills operation={operation} {...mended} />}
          </li>
        );
      })}
    </ul>
  );
}

interface ToBillsProps {
  operation: string;
  page: BillsPage;
  /** Whom it is about; empty: nobody. */
  member: string;
}

/** The way to prices, taxes, members, the seller, or the member who only buys. */
function ToBills({ operation, page, member }: ToBillsProps) {
  const { mendBills } = useWords(closeWords);
  const { data: sellers } = useQuery(sellersQuery(operation));
  if (page === 'prices') {
    return (
      <Link to="/o/$operation/bills/prices" params={{ operation }}>
        {mendBills.prices}
      </Link>
    );
  }
  if (page === 'taxes') {
    return (
      <Link to="/o/$operation/bills/taxes" params={{ operation }}>
        {mendBills.taxes}
      </Link>
    );
  }
  if (page === 'members') {
    return (
      <Link to="/o/$operation/people/members" params={{ operation }}>
        {mendBills.members}
      </Link>
    );
  }
  if (!sellers || !member) return null;
  if (!sellers.some(({ member_id }) => member_id === member)) {
    return (
      <Link to="/o/$operation/people/members/$member" params={{ operation, member }}>
        {mendBills.member}
      </Link>
    );
  }
  return (
    <Link to="/o/$operation/bills/sellers/$seller" params={{ operation, seller: member }}>
      {mendBills.seller}
    </Link>
  );
}
