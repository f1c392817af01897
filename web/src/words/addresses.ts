/** Whether an address leads to a page of ours, however a browser reads it. */
export function isOwnAddress(address: string, origin: string = window.location.origin): boolean {
  return address.startsWith('/') && URL.parse(address, origin)?.origin === origin;
}

/** Whether a link of somebody else's words may be followed: a page or an e-mail, and nothing run. */
export function isWebAddress(address: string): boolean {
  const protocol = URL.parse(address)?.protocol ?? '';
  return ['http:', 'https:', 'mailto:'].includes(protocol);
}
