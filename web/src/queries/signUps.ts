import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type SignUpBody = components['schemas']['SignUpIn'];

export function sendSignUp(body: SignUpBody) {
  return unwrap(api.POST('/community/sign-ups', { body }));
}

export function confirmSignUp(secret: string) {
  return unwrap(api.POST('/community/sign-ups/confirmation', { body: { secret } }));
}
