/** Whether an address leads to a page of ours, however a browser reads it. */
export function isOwnAddress(address: string, origin: string = window.location.origin): boolean {
  return address.startsWith('/') && URL.parse(address, origin)?.origin === origin;
}
