import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { forgetAccess } from '../session';

export type Session = components['schemas']['SessionOut'];
/** What an authenticator app has to know. */
export type App = components['schemas']['AppOut'];

/** Where one is logged in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => unwrap(api.GET('/community/me/sessions')),
});

/** Throws Problem. */
export async function endSession(session_id: string): Promise<void> {
  const params = { path: { session_id } };
  await unwrap(api.DELETE('/community/me/sessions/{session_id}', { params }));
}

/** Throws Problem. */
export function changePassword(body: components['schemas']['PasswordIn']) {
  return unwrap(api.PUT('/community/me/password', { body }));
}

/** Begin to set an app up; it counts once it is confirmed. Throws Problem. */
export function startAuthenticator(): Promise<App> {
  return unwrap(api.POST('/community/me/authenticator'));
}

/** By a code of the app; the recovery codes are in the answer, and nowhere else. Throws Problem. */
export async function confirmAuthenticator(code: string) {
  const codes = await unwrap(
    api.POST('/community/me/authenticator/confirmation', { body: { code } }),
  );
  // Who needs an app gets their rights with the next token.
  forgetAccess();
  return codes;
}

/** Throws Problem. */
export function removeAuthenticator(code: string) {
  return unwrap(api.POST('/community/me/authenticator/removal', { body: { code } }));
}
