import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isMonth } from '../../words/dates';
import { documentSearch } from '../../words/documentSearch';
import { operation } from './operation';

const bills = createRoute({
  getParentRoute: () => operation,
  path: '/bills',
  component: lazyRouteComponent(() => import('../../pages/running/bills/BillsHome'), 'BillsHome'),
});

const prices = createRoute({
  getParentRoute: () => operation,
  path: '/bills/prices',
  component: lazyRouteComponent(() => import('../../pages/running/bills/Prices'), 'Prices'),
});

const taxes = createRoute({
  getParentRoute: () => operation,
  path: '/bills/taxes',
  component: lazyRouteComponent(() => import('../../pages/running/bills/Taxes'), 'Taxes'),
});

const seller = createRoute({
  getParentRoute: () => operation,
  path: '/bills/sellers/$seller',
  component: lazyRouteComponent(() => import('../../pages/running/bills/Seller'), 'SellerPage'),
});

const sales = createRoute({
  getParentRoute: () => operation,
  path: '/bills/sales',
  validateSearch: ({ month }): { month?: string } =>
    typeof month === 'string' && isMonth(month) ? { month } : {},
  component: lazyRouteComponent(
    () => import('../../pages/running/bills/sales/SalesPage'),
    'SalesPage',
  ),
});

const corrections = createRoute({
  getParentRoute: () => operation,
  path: '/bills/corrections',
  component: lazyRouteComponent(
    () => import('../../pages/running/bills/Corrections'),
    'Corrections',
  ),
});

const collecting = createRoute({
  getParentRoute: () => operation,
  path: '/bills/collecting',
  component: lazyRouteComponent(() => import('../../pages/running/bills/Collecting'), 'Collecting'),
});

const documents = createRoute({
  getParentRoute: () => operation,
  path: '/bills/documents',
  validateSearch: documentSearch,
  component: lazyRouteComponent(() => import('../../pages/running/bills/found/Found'), 'Found'),
});

const document = createRoute({
  getParentRoute: () => operation,
  path: '/bills/documents/$document',
  component: lazyRouteComponent(
    () => import('../../pages/running/bills/document/OneDocument'),
    'OneDocument',
  ),
});

const year = createRoute({
  getParentRoute: () => operation,
  path: '/bills/year',
  validateSearch: ({ year }): { year?: number } =>
    Number.isInteger(year) ? { year: Number(year) } : {},
  component: lazyRouteComponent(() => import('../../pages/running/bills/year/Year'), 'Year'),
});

export const billsRoutes = [
  bills,
  prices,
  taxes,
  seller,
  sales,
  corrections,
  collecting,
  documents,
  document,
  year,
] as const;
