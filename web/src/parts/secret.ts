/** The secret of a link, which the address bar and the history need not keep; null: there is none. */
export function takeSecret(): string | null {
  const secret = window.location.hash.slice(1);
  if (secret) window.history.replaceState(window.history.state, '', window.location.pathname);
  return secret || null;
}
