import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { sum } from '../words/numbers';
import type { BankTransaction } from './bankTransactions';

const PAGE = 200;

/** What came in a month for invoices, less what went back, as far as it is matched; in cents. */
export function receivedQuery(issuer_id: string, month: string) {
  return queryOptions({
    queryKey: ['payments', 'received', issuer_id, month],
    queryFn: async () => {
      const ofMonth: BankTransaction[] = [];
      let page: BankTransaction[];
      let after: string | undefined;
      do {
        page = await unwrap(
          api.GET('/billing/issuers/{issuer_id}/bank-transactions', {
            params: { path: { issuer_id }, query: { limit: PAGE, ...(after ? { after } : {}) } },
          }),
        );
        ofMonth.push(...page.filter(({ booked_on }) => booked_on.startsWith(month)));
        after = page.at(-1)?.id;
        // The newest day comes first.
      } while (page.length === PAGE && (page.at(-1)?.booked_on ?? '') >= `${month}-01`);
      return sum(
        ofMonth.filter(({ matched_by }) => matched_by).map(({ amount_cents }) => amount_cents),
      );
    },
    staleTime: 30_000,
  });
}
