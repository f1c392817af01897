/** A reference for a new mandate, from what it was asked under: nobody else's begins so. */
export function rumFor(id: string): string {
  return `M-${id.replaceAll('-', '').slice(0, 12).toUpperCase()}`;
}
