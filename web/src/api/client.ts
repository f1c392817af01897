import createClient, { type Middleware } from 'openapi-fetch';
import { accessToken, forgetAccess } from '../session';
import { Problem } from './problem';
import type { paths as Allocation } from './schema/allocation';
import type { paths as Billing } from './schema/billing';
import type { paths as Community } from './schema/community';
import type { paths as Ingest } from './schema/ingest';

type Paths = Allocation & Billing & Community & Ingest;

const withAccess: Middleware = {
  async onRequest({ request }) {
    const token = await accessToken();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
  async onResponse({ request, response }) {
    // A token that ended a moment too early, by a clock that is not ours. What changes something
    // is not said twice.
    if (response.status !== 401 || request.method !== 'GET') return response;
    forgetAccess();
    const token = await accessToken();
    if (!token) return response;
    const again = new Request(request);
    again.headers.set('authorization', `Bearer ${token}`);
    return fetch(again);
  },
};

export const api = createClient<Paths>({ baseUrl: window.location.origin });
api.use(withAccess);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What was asked for. Throws Problem. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (error !== undefined || !response.ok) {
    throw new Problem((error ?? {}) as Record<string, unknown>, response);
  }
  return data as Data;
}

/** What was asked for; null: there is none. Throws Problem. */
export async function unwrapOrNull<Data>(answer: Promise<Answer<Data>>): Promise<Data | null> {
  try {
    return await unwrap(answer);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}
