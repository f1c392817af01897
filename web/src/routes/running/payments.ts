import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isDay, isMonth } from '../../words/dates';
import { operation } from './operation';

interface PayeeSearch {
  /** Who is paid; without it, the first of them. */
  payee?: string;
}

/** The parent of the pages about money. */
const payments = createRoute({
  getParentRoute: () => operation,
  path: '/payments',
  validateSearch: ({ payee }): PayeeSearch => (typeof payee === 'string' ? { payee } : {}),
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/PaymentsArea'),
    'PaymentsArea',
  ),
});

const overview = createRoute({
  getParentRoute: () => payments,
  path: '/',
  validateSearch: ({ month }): { month?: string } =>
    typeof month === 'string' && isMonth(month) ? { month } : {},
  component: lazyRouteComponent(() => import('../../pages/running/payments/Payments'), 'Payments'),
});

const customer = createRoute({
  getParentRoute: () => payments,
  path: '/customers/$customer',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/money/CustomerPage'),
    'CustomerPage',
  ),
});

const open = createRoute({
  getParentRoute: () => payments,
  path: '/open',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/open/OpenItems'),
    'OpenItems',
  ),
});

const mandates = createRoute({
  getParentRoute: () => payments,
  path: '/mandates',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/mandates/Mandates'),
    'Mandates',
  ),
});

const collections = createRoute({
  getParentRoute: () => payments,
  path: '/collections',
  // From when on all that somebody comes for is due.
  validateSearch: ({ day }): { day?: string } =>
    typeof day === 'string' && isDay(day) ? { day } : {},
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/collections/Collections'),
    'Collections',
  ),
});

const collection = createRoute({
  getParentRoute: () => payments,
  path: '/collections/$collection',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/collections/OneCollection'),
    'OneCollection',
  ),
});

const statements = createRoute({
  getParentRoute: () => payments,
  path: '/statements',
  // The number of the invoice for which a movement was entered just now.
  validateSearch: ({ matched }): { matched?: string } =>
    typeof matched === 'string' ? { matched } : {},
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/statements/Statements'),
    'Statements',
  ),
});

const transaction = createRoute({
  getParentRoute: () => payments,
  path: '/statements/$transaction',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/statements/OneTransaction'),
    'OneTransaction',
  ),
});

const notices = createRoute({
  getParentRoute: () => payments,
  path: '/notices',
  validateSearch: ({ month }): { month?: string } =>
    typeof month === 'string' && isMonth(month) ? { month } : {},
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/notices/Notices'),
    'Notices',
  ),
});

const payouts = createRoute({
  getParentRoute: () => payments,
  path: '/payouts',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/payouts/Payouts'),
    'Payouts',
  ),
});

const payout = createRoute({
  getParentRoute: () => payments,
  path: '/payouts/$payout',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/payouts/OnePayout'),
    'OnePayout',
  ),
});

const books = createRoute({
  getParentRoute: () => payments,
  path: '/books',
  validateSearch: ({ year }): { year?: number } =>
    Number.isInteger(year) ? { year: Number(year) } : {},
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/books/BooksPage'),
    'BooksPage',
  ),
});

const eInvoicing = createRoute({
  getParentRoute: () => payments,
  path: '/e-invoicing',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/eInvoicing/EInvoicing'),
    'EInvoicing',
  ),
});

const settings = createRoute({
  getParentRoute: () => payments,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../../pages/running/payments/settings/SellerSettings'),
    'SellerSettings',
  ),
});

export const paymentRoutes = payments.addChildren([
  overview,
  customer,
  open,
  mandates,
  collections,
  collection,
  statements,
  transaction,
  notices,
  payouts,
  payout,
  books,
  eInvoicing,
  settings,
]);
