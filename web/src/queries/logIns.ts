import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type LogInOptions = components['schemas']['LogInOptionsOut'];

/** How one logs in here, and who runs the platform: it is the same for everybody. */
export const logInOptionsQuery = queryOptions({
  queryKey: ['log-in options'],
  queryFn: () => unwrap(api.GET('/community/log-in-options')),
  staleTime: Number.POSITIVE_INFINITY,
});

/** A mail with a link that logs in. It is answered the same, whoever has an account. */
export function sendLogInLink(email: string) {
  return unwrap(api.POST('/community/log-in-links', { body: { email } }));
}
