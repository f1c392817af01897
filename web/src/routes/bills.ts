import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { bothBillsQuery } from '../queries/bills';
import { accountChangeQuery } from '../queries/creditors';
import { invoiceQuery, linksQuery, type Side } from '../queries/invoices';
import { keysQuery } from '../queries/keys';
import { mandateRequestsQuery, mandatesQuery } from '../queries/mandates';
import { pointOf, takesPart } from '../queries/me';
import { lastMonthWithShares, monthsQuery } from '../queries/months';
import { noticeQuery } from '../queries/paymentNotices';
import { dayPricesQuery } from '../queries/prices';
import { producersQuery } from '../queries/producers';
import { dayAt, isMonth, monthAt } from '../words/dates';
import { inside, pointSearch } from './root';

const invoices = createRoute({
  getParentRoute: () => inside,
  path: '/invoices',
  component: lazyRouteComponent(() => import('../pages/invoices/Invoices'), 'Invoices'),
  validateSearch: ({ side }): { side?: Side } =>
    side === 'bought' || side === 'sold' ? { side } : {},
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/invoices/account',
  component: lazyRouteComponent(() => import('../pages/account/Account'), 'Account'),
});

const invoice = createRoute({
  getParentRoute: () => inside,
  path: '/invoices/$id',
  component: lazyRouteComponent(() => import('../pages/invoices/Invoice'), 'Invoice'),
  loader: ({ context, params }) => {
    // What fails is told by the page, which has a button to try again.
    void context.queries.prefetchQuery(invoiceQuery(params.id));
    void context.queries.prefetchQuery(linksQuery(params.id));
  },
});

const notice = createRoute({
  getParentRoute: () => inside,
  path: '/invoices/notices/$id',
  component: lazyRouteComponent(() => import('../pages/invoices/Notice'), 'Notice'),
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(noticeQuery(params.id));
  },
});

const mandate = createRoute({
  getParentRoute: () => inside,
  path: '/mandate',
  component: lazyRouteComponent(() => import('../pages/mandate/Mandate'), 'MandatePage'),
  loader: ({ context }) => {
    if (!context.me.member_id) return;
    void context.queries.prefetchQuery(mandatesQuery);
    void context.queries.prefetchQuery(mandateRequestsQuery);
  },
});

const accountChange = createRoute({
  getParentRoute: () => inside,
  path: '/account-change/$seller',
  component: lazyRouteComponent(() => import('../pages/AccountChange'), 'AccountChange'),
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(accountChangeQuery(params.seller));
  },
});

const price = createRoute({
  getParentRoute: () => inside,
  path: '/price',
  component: lazyRouteComponent(() => import('../pages/price/Price'), 'PricePage'),
  validateSearch: pointSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const point = pointOf(context.me, deps.point);
    if (point) {
      const day = dayAt(new Date());
      const prm = takesPart(point, day) ? point.prm : undefined;
      void context.queries.prefetchQuery(dayPricesQuery(point.operation_id, day, prm));
      void context.queries.prefetchQuery(producersQuery(point.operation_id));
    }
  },
});

const key = createRoute({
  getParentRoute: () => inside,
  path: '/key',
  component: lazyRouteComponent(() => import('../pages/Key'), 'KeyPage'),
  validateSearch: pointSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const point = pointOf(context.me, deps.point);
    if (point) void context.queries.prefetchQuery(keysQuery(point.operation_id));
  },
});

const newestBills = createRoute({
  getParentRoute: () => inside,
  path: '/bills',
  validateSearch: pointSearch,
  beforeLoad: async ({ context, search }) => {
    const point = pointOf(context.me, search.point);
    const months = point
      ? await context.queries.ensureQueryData(monthsQuery(point.operation_id, point.prm))
      : [];
    // Before a month is settled there is nothing to bill.
    const settled = months.findLast(({ settlement }) => settlement !== null)?.month;
    const month = settled ?? lastMonthWithShares(months) ?? monthAt(new Date());
    throw redirect({ to: '/bills/$month', params: { month }, search });
  },
});

const bills = createRoute({
  getParentRoute: () => inside,
  path: '/bills/$month',
  component: lazyRouteComponent(() => import('../pages/bills/Bills'), 'Bills'),
  validateSearch: pointSearch,
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    const point = pointOf(context.me, deps.point);
    if (point) {
      void context.queries.prefetchQuery(bothBillsQuery(point.prm, params.month));
      void context.queries.prefetchQuery(monthsQuery(point.operation_id, point.prm));
    }
  },
});

/** What local electricity costs, who is paid for it, and how it is shared. */
export const billRoutes = [
  invoices,
  account,
  invoice,
  notice,
  mandate,
  accountChange,
  price,
  key,
  newestBills,
  bills,
];
