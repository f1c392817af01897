import { expect, test } from 'vitest';
import type { Member } from '../../src/queries/perimeters';
import type { Profile } from '../../src/queries/sellers';
import { missingOf, profileIn, vatNumberOf } from '../../src/words/sellers';

const COMPANY = {
  kind: 'company',
  siren: '995000031',
  vat_number: 'FR93995000031',
} satisfies Pick<Member, 'kind' | 'siren' | 'vat_number'>;
const PROFILE = {
  vat_regime: 'standard',
  legal_form: 'SAS',
  siret: '99500003100014',
  invoiced_by: 'issuer',
  mandate: null,
} as Profile;

test('what an invoice has to say of its seller is asked for, and nothing else', () => {
  expect(missingOf(COMPANY, PROFILE)).toEqual([]);
  expect(missingOf({ ...COMPANY, siren: null }, undefined)).toEqual(['siren', 'profile']);
  expect(missingOf({ ...COMPANY, vat_number: null }, PROFILE)).toEqual(['vatNumber']);
  const franchise: Profile = { ...PROFILE, vat_regime: 'franchise' };
  expect(missingOf({ ...COMPANY, vat_number: null }, franchise)).toEqual([]);
  expect(missingOf(COMPANY, { ...PROFILE, legal_form: null })).toEqual(['legalForm']);
  expect(missingOf({ ...COMPANY, siren: '995000056' }, PROFILE)).toEqual(['siret']);
  expect(missingOf(COMPANY, { ...PROFILE, invoiced_by: 'mandatary' })).toEqual(['mandate']);
});

test('who sells as a household needs neither a SIREN nor a legal form', () => {
  const household = { kind: 'household', siren: null, vat_number: null } as const;
  const profile: Profile = { ...PROFILE, vat_regime: 'franchise', legal_form: null };
  expect(missingOf(household, profile)).toEqual([]);
});

test('a VAT number is made of its SIREN', () => {
  expect(vatNumberOf('995000031')).toBe('FR93995000031');
  expect(vatNumberOf('99500003')).toBeUndefined();
});

test('what the franchise and one’s own invoices rule out is not sent', () => {
  const form = new FormData();
  const fields = {
    valid_from: '2026-10-01',
    legal_form: 'SAS',
    share_capital: '5 000,50',
    siret: '995 000 031 00014',
    vat_regime: 'franchise',
    vat_on_debits: 'on',
    vat_returns: 'monthly',
    payment_terms_days: '30',
    means_of_payment: 'virement',
    complaints_contact: 'toits@example.org',
    invoiced_by: 'issuer',
    mandatary_name: 'Énergie du Lavoir',
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  expect(profileIn(form)).toMatchObject({
    share_capital_cents: 500_050,
    siret: '99500003100014',
    vat_on_debits: false,
    vat_returns: null,
    company_size: null,
    mandate: null,
  });
  form.set('vat_regime', 'standard');
  form.set('invoiced_by', 'mandatary');
  expect(profileIn(form)).toMatchObject({
    vat_on_debits: true,
    vat_returns: 'monthly',
    mandate: { mandatary_name: 'Énergie du Lavoir' },
  });
});
