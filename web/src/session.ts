/**
 * Who is logged in here. The access token lives in this module and nowhere else; the cookie that
 * renews it, no script can read. The cookie is of the browser: if it is somebody else's, as they
 * logged in in another tab, the session of this one is over.
 */
import { Problem } from './api/problem';

const PATH = '/community/browser-session';
const RENEWED_BEFORE_END_MS = 30_000;

interface Access {
  token: string;
  endsAt: number;
}

/** By password, or by the secret of a link; with the code of an authenticator app, if there is one. */
export type LogIn = (
  | { email: string; password: string }
  | { secret: string; new_password?: string }
) & { code?: string };

let access: Access | null = null;
let renewal: Promise<void> | null = null;
/** Who was logged in at the last answer; null: nobody. */
let person: string | null = null;
/** It ended here: what a page that is still shown asks for is not asked for as whoever comes next. */
let isOver = false;
/** Counts log-ins and log-outs: an answer to what was asked before one of them is of no use. */
let turns = 0;
const tabs = new BroadcastChannel('elocoop-session');
const onEnd = new Set<() => void>();

// Who is logged in since then; null: nobody.
tabs.onmessage = ({ data }: MessageEvent<string | null>) => {
  if (data === null || (person !== null && data !== person)) end();
};

/** The access token of now, renewed if need be; null: nobody is logged in. */
export async function accessToken(): Promise<string | null> {
  if (isOver) return null;
  if (access === null || Date.now() > access.endsAt - RENEWED_BEFORE_END_MS) {
    // Once for all who wait: a page that begins asks for several things at a time.
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    await renewal;
  }
  return access?.token ?? null;
}

/** Forget the access token, which was refused, so that the next one is asked for. */
export function forgetAccess(): void {
  access = null;
}

/** Throws Problem. */
export async function logIn(body: LogIn): Promise<void> {
  const answer = await ask('POST', PATH, body);
  turns += 1;
  access = answer;
  person = subjectOf(answer);
  isOver = false;
  tabs.postMessage(person);
}

/** Show again who one is: the token of now may do what a session alone may not. Throws Problem. */
export async function stepUp(proof: { password: string } | { code: string }): Promise<void> {
  const turn = turns;
  const answer = await ask('POST', '/community/me/step-up', proof, await accessToken());
  if (turn === turns) access = answer;
}

/** Throws Problem. */
export async function logOut(): Promise<void> {
  await ask('DELETE', PATH);
  tabs.postMessage(null);
  end();
}

/** Call back when who was logged in is not any more: here, by another tab, or as it was too long. */
export function whenLoggedOut(callback: () => void): () => void {
  onEnd.add(callback);
  return () => onEnd.delete(callback);
}

async function renew(): Promise<void> {
  const turn = turns;
  const answer = await ask('POST', `${PATH}/renewal`);
  if (turn !== turns) return;
  const subject = subjectOf(answer);
  if (person !== null && subject !== person) return end();
  access = answer;
  person = subject;
}

function end(): void {
  turns += 1;
  access = null;
  person = null;
  isOver = true;
  for (const callback of onEnd) callback();
}

/** Whose a token is, as it says itself: base64url of JSON is its middle. */
function subjectOf(answer: Access | null): string | null {
  if (answer === null) return null;
  const claims = answer.token.split('.')[1] ?? '';
  return JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))).sub;
}

async function ask(
  method: string,
  path: string,
  body?: object,
  token: string | null = null,
): Promise<Access | null> {
  const headers: Record<string, string> = {};
  if (body) headers['content-type'] = 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  const init: RequestInit = { method, headers };
  if (body) init.body = JSON.stringify(body);
  const response = await fetch(path, init);
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Problem(answer, response);
  return { token: answer.access_token, endsAt: Date.now() + answer.expires_in * 1000 };
}
