/** Whether an address leads to a page of ours, however a browser reads it; ours are ASCII. */
export function isOwnAddress(address: string, origin: string = window.location.origin): boolean {
  return /^\/[!-~]*$/.test(address) && urlOf(address, origin)?.origin === origin;
}

/** Whether a link of somebody else's words may be followed: a page or an e-mail, and nothing run. */
export function isWebAddress(address: string): boolean {
  return ['http:', 'https:', 'mailto:'].includes(urlOf(address)?.protocol ?? '');
}

/** Null: it is none. `URL.parse` is too young for many phones. */
function urlOf(address: string, origin?: string): URL | null {
  try {
    return new URL(address, origin);
  } catch {
    return null;
  }
}
