/**
 * Who is logged in here. The access token lives in this module and nowhere else; the cookie that
 * renews it, no script can read. The cookie stays as it is, so tabs need not agree on anything.
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
/** Somebody was logged in at the last answer. */
let isSomebody = false;
/** Counts log-ins and log-outs: an answer to what was asked before one of them is of no use. */
let turns = 0;
const tabs = new BroadcastChannel('elocoop-session');
const onEnd = new Set<() => void>();

tabs.onmessage = () => end();

/** The access token of now, renewed if need be; null: nobody is logged in. */
export async function accessToken(): Promise<string | null> {
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
  isSomebody = true;
}

/** Throws Problem. */
export async function logOut(): Promise<void> {
  await ask('DELETE', PATH);
  tabs.postMessage('ended');
  end();
}

/** Call back when nobody is logged in any more: here, by another tab, or as the session is over. */
export function whenLoggedOut(callback: () => void): () => void {
  onEnd.add(callback);
  return () => onEnd.delete(callback);
}

async function renew(): Promise<void> {
  const turn = turns;
  const answer = await ask('POST', `${PATH}/renewal`);
  if (turn !== turns) return;
  access = answer;
  if (answer === null && isSomebody) end();
  isSomebody = answer !== null;
}

function end(): void {
  turns += 1;
  access = null;
  isSomebody = false;
  for (const callback of onEnd) callback();
}

async function ask(method: string, path: string, body?: object): Promise<Access | null> {
  const init: RequestInit = { method };
  if (body) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  const response = await fetch(path, init);
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Problem(answer, response);
  return { token: answer.access_token, endsAt: Date.now() + answer.expires_in * 1000 };
}
