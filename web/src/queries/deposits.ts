import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

type Schemas = components['schemas'];
export type DepositMonth = Schemas['CoefficientDepositsOut'];
export type DepositHead = Schemas['CoefficientDepositHeadOut'];
export type Deposit = Schemas['CoefficientDepositOut'];
export type DepositPreview = Schemas['DepositPreviewOut'];
export type Regimes = Schemas['CoefficientRegimesOut'];
export type RegimeChoice = Schemas['RegimeChoiceIn'];
export type BasisOfDays = Schemas['BasisOfDaysOut'];

const OPERATION = '/allocation/operations/{operation_id}';
const DEPOSITS = `${OPERATION}/coefficient-deposits` as const;

/** How far a month is whose coefficients are set before it. */
export function depositMonthQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['deposits', operation_id, month],
    queryFn: () =>
      unwrap(api.GET(DEPOSITS, { params: { path: { operation_id }, query: { month } } })),
    staleTime: 30_000,
  });
}

/** A deposit, with what each consumer has in it. It never changes, but that it is sent. */
export function depositQuery({ operation_id, month, number }: DepositHead) {
  return queryOptions({
    queryKey: ['deposit', operation_id, month, number],
    queryFn: () =>
      unwrap(
        api.GET(`${DEPOSITS}/{month}/{number}`, {
          params: { path: { operation_id, month, number } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** When the coefficients of a month are set, and who says so. */
export function regimesQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['regimes', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET(`${OPERATION}/coefficient-regimes`, {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** From a month on. Throws Problem. */
export async function chooseRegime(operation_id: string, month: string, body: RegimeChoice) {
  const params = { path: { operation_id, month } };
  await unwrap(api.PUT(`${OPERATION}/coefficient-regimes/{month}`, { params, body }));
}

/** What rules would share of the month; nothing is kept. Throws Problem. */
export function previewRules(operation_id: string, month: string, rules: Record<string, unknown>) {
  const params = { path: { operation_id, month } };
  return unwrap(api.POST(`${DEPOSITS}/{month}/rules/preview`, { params, body: { rules } }));
}

/** As previewRules, of the forecast that would be deposited. Throws Problem. */
export function previewForecast(operation_id: string, month: string) {
  const params = { path: { operation_id, month } };
  return unwrap(
    api.POST(`${DEPOSITS}/{month}/forecast/preview`, { params, body: { expected: {} } }),
  );
}

/** As previewRules. Throws Problem. */
export function previewFile(operation_id: string, month: string, file: File) {
  const params = { path: { operation_id, month } };
  return unwrap(api.POST(`${DEPOSITS}/{month}/file/preview`, { params, ...bodyOf(file) }));
}

/** Throws Problem. */
export async function depositRules(
  operation_id: string,
  month: string,
  rules: Record<string, unknown>,
) {
  const params = { path: { operation_id, month } };
  await unwrap(api.POST(`${DEPOSITS}/{month}/rules`, { params, body: { rules } }));
}

/** Made by the service, of the operation's own past. Throws Problem. */
export async function depositForecast(operation_id: string, month: string) {
  const params = { path: { operation_id, month } };
  await unwrap(api.POST(`${DEPOSITS}/{month}/forecast`, { params, body: { expected: {} } }));
}

/** Throws Problem. */
export async function depositFile(operation_id: string, month: string, file: File) {
  const params = { path: { operation_id, month } };
  await unwrap(api.POST(`${DEPOSITS}/{month}/file`, { params, ...bodyOf(file) }));
}

function bodyOf(file: File) {
  return { body: '', bodySerializer: () => file, headers: { 'Content-Type': 'text/plain' } };
}

/** The file to give to the DSO. Throws Problem. */
export function loadDeposit({ operation_id, month, number }: DepositHead): Promise<Blob> {
  const params = { path: { operation_id, month, number } };
  return unwrap(api.GET(`${DEPOSITS}/{month}/{number}/file`, { params, parseAs: 'blob' }));
}

/** Throws Problem. */
export async function submitDeposit(
  { operation_id, month, number }: DepositHead,
  note: string | null,
) {
  const params = { path: { operation_id, month, number } };
  await unwrap(api.POST(`${DEPOSITS}/{month}/{number}/submission`, { params, body: { note } }));
}

/** Throws Problem. */
export async function withdrawDeposit({ operation_id, month, number }: DepositHead) {
  const params = { path: { operation_id, month, number } };
  await unwrap(api.POST(`${DEPOSITS}/{month}/{number}/withdrawal`, { params }));
}
