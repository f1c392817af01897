import type { Collector, Seller } from '../../../queries/payees';

const ofBooks = ({ keepsBooks }: Seller) => keepsBooks;
const ofAccount = (_: Seller, collector?: Collector) => collector !== undefined;
const ofPayouts = (_: Seller, collector?: Collector) => (collector?.others.length ?? 0) > 0;

const PAGES = [
  { to: '/o/$operation/payments/open', word: 'open', isFor: ofBooks, ofAccount: false },
  { to: '/o/$operation/payments/mandates', word: 'mandates', isFor: ofAccount, ofAccount: true },
  {
    to: '/o/$operation/payments/collections',
    word: 'collections',
    isFor: ofAccount,
    ofAccount: true,
  },
  {
    to: '/o/$operation/payments/statements',
    word: 'statements',
    isFor: ofAccount,
    ofAccount: true,
  },
  { to: '/o/$operation/payments/payouts', word: 'payouts', isFor: ofPayouts, ofAccount: true },
  { to: '/o/$operation/payments/books', word: 'books', isFor: ofBooks, ofAccount: false },
  {
    to: '/o/$operation/payments/e-invoicing',
    word: 'eInvoicing',
    isFor: ofBooks,
    ofAccount: false,
  },
  { to: '/o/$operation/payments/settings', word: 'settings', isFor: ofBooks, ofAccount: false },
] as const;

/** The pages about the money of a seller that answer its reader; what comes to an account, of whose. */
export function pagesFor(seller: Seller, collector: Collector | undefined) {
  return PAGES.filter(({ isFor }) => isFor(seller, collector));
}
